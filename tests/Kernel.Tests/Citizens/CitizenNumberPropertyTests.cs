using System.Globalization;
using System.Numerics;
using Ecert.Kernel.Citizens;
using FsCheck;
using FsCheck.Fluent;

namespace Ecert.Kernel.Tests.Citizens;

/// <summary>What ISO 7064 MOD 11-2 promises, over numbers made by another formula than the one under test.</summary>
public sealed class CitizenNumberPropertyTests
{
    private const string Characters = "0123456789X";

    [Fact]
    public void Every_number_made_by_the_standards_congruence_is_read() => Check(Valid, IsRead);

    [Fact]
    public void Every_single_change_is_found() => Check(Valid, number =>
    {
        for (var place = 0; place < number.Length; place++)
            foreach (var other in Characters.Where(other => other != number[place]))
                if (IsRead(string.Concat(number.AsSpan(0, place), other.ToString(), number.AsSpan(place + 1))))
                    return false;
        return true;
    });

    [Fact]
    public void Every_swap_of_two_places_with_different_weights_is_found() => Check(Valid, number =>
    {
        for (var left = 0; left < number.Length; left++)
            for (var right = left + 1; right < number.Length; right++)
            {
                // The weights are powers of two modulo 11, so places ten apart weigh the same.
                if (number[left] == number[right] || (right - left) % 10 == 0)
                    continue;
                var swapped = number.ToCharArray();
                (swapped[left], swapped[right]) = (swapped[right], swapped[left]);
                if (IsRead(new string(swapped)))
                    return false;
            }
        return true;
    });

    [Fact]
    public void Any_text_is_answered_and_never_throws() => Prop.ForAll(
        ArbMap.Default.ArbFor<string>(), ArbMap.Default.ArbFor<int>(),
        (text, kind) => IdentityDocument.TryParse((IdentityDocumentKind)(kind % 5), text, out var document)
            == document is not null).QuickCheckThrowOnFailure();

    private static bool IsRead(string number) =>
        IdentityDocument.TryParse(IdentityDocumentKind.ResidentId, number, out _);

    private static void Check(Gen<string> numbers, Func<string, bool> holds) =>
        Prop.ForAll(numbers.ToArbitrary(), holds).QuickCheckThrowOnFailure();

    private static Gen<string> Valid =>
        from province in Gen.Elements("11", "31", "44", "54", "65", "82")
        from county in Gen.Choose(0, 9999)
        from day in Gen.Choose(0, 50_000)
        from order in Gen.Choose(0, 999)
        select WithCheck(string.Create(CultureInfo.InvariantCulture,
            $"{province}{county:0000}{new DateOnly(1880, 1, 1).AddDays(day):yyyyMMdd}{order:000}"));

    // The standard's definition rather than its table: the whole number, read in powers of two, is 1 modulo 11.
    private static string WithCheck(string body)
    {
        var sum = BigInteger.Zero;
        foreach (var digit in body)
            sum = (sum + (digit - '0')) * 2;
        return body + Characters[(int)((12 - sum % 11) % 11)];
    }
}
