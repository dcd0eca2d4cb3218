namespace Ecert.Certificates.RideCodes;

/// <summary>Digits two to a byte.</summary>
internal static class BinaryCodedDecimal
{
    /// <summary>Is every half byte a digit?</summary>
    internal static bool IsValid(ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
            if ((value >> 4) > 9 || (value & 15) > 9)
                return false;
        return true;
    }

    /// <summary>Encodes exactly twice as many ASCII digits as bytes.</summary>
    internal static bool TryEncode(string digits, int size, out byte[] bytes)
    {
        var valid = digits.Length == size * 2 && digits.All(char.IsAsciiDigit);
        bytes = valid ? Convert.FromHexString(digits) : [];
        return valid;
    }

    /// <summary>Encodes 0 to 99.</summary>
    internal static byte Encode(int number) => (byte)(number / 10 << 4 | number % 10);

    /// <summary>Decodes a valid byte.</summary>
    internal static int Decode(byte value) => (value >> 4) * 10 + (value & 15);
}
