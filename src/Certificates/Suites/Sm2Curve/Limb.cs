using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Ecert.Certificates.Suites.Sm2Curve;

/// <summary>Arithmetic of 64-bit limbs with carries; without a branch on the values.</summary>
internal static class Limb
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong MultiplyAdd(ulong a, ulong b, ulong addend, ulong carryIn, out ulong carryOut)
    {
        // The two halves apart: the platform's product of both goes through memory.
        var high = High(a, b);
        var low = a * b + addend;
        high += low < addend ? 1UL : 0UL;
        low += carryIn;
        carryOut = high + (low < carryIn ? 1UL : 0UL);
        return low;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong High(ulong a, ulong b) =>
        Bmi2.X64.IsSupported ? Bmi2.X64.MultiplyNoFlags(a, b) : Math.BigMul(a, b, out _);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Add(ulong a, ulong b, ulong carryIn, out ulong carryOut)
    {
        var sum = a + b;
        var carried = sum < a ? 1UL : 0UL;
        var result = sum + carryIn;
        carryOut = carried + (result < sum ? 1UL : 0UL);
        return result;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Subtract(ulong a, ulong b, ulong borrowIn, out ulong borrowOut)
    {
        var difference = a - b;
        var borrowed = a < b ? 1UL : 0UL;
        borrowOut = borrowed + (difference < borrowIn ? 1UL : 0UL);
        return difference - borrowIn;
    }

    /// <summary>The first where the mask is all ones, the second where it is zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Select(ulong mask, ulong first, ulong second) => second ^ mask & (first ^ second);

    /// <summary>All ones where the value is zero, otherwise zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong MaskOfZero(ulong value) => ((value | 0 - value) >> 63) - 1;
}
