namespace Ecert.Certificates.Presentations;

/// <summary>Base45 (RFC 9285): bytes in the alphabet of a QR picture's alphanumeric mode.</summary>
public static class Base45
{
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

    private static readonly sbyte[] Values = BuildValues();

    /// <summary>Writes bytes as base45.</summary>
    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        var text = new char[bytes.Length / 2 * 3 + bytes.Length % 2 * 2];
        var at = 0;
        for (var index = 0; index < bytes.Length; index += 2)
        {
            var pair = index + 1 < bytes.Length;
            var value = pair ? bytes[index] * 256 + bytes[index + 1] : bytes[index];
            text[at++] = Alphabet[value % 45];
            text[at++] = Alphabet[value / 45 % 45];
            if (pair)
                text[at++] = Alphabet[value / 2025];
        }
        return new string(text);
    }

    /// <summary>
    /// Reads base45; false for a character outside the alphabet (lower case among them), for a length that no bytes
    /// have, and for a group beyond 65,535 (of two characters: 255).
    /// </summary>
    public static bool TryDecode(ReadOnlySpan<char> text, out byte[] bytes)
    {
        bytes = [];
        if (text.Length % 3 == 1)
            return false;
        var result = new byte[text.Length / 3 * 2 + text.Length % 3 / 2];
        var at = 0;
        for (var index = 0; index < text.Length; index += 3)
        {
            var group = text[index..Math.Min(index + 3, text.Length)];
            var value = ValueOf(group);
            if (value < 0 || value > (group.Length == 3 ? ushort.MaxValue : byte.MaxValue))
                return false;
            if (group.Length == 3)
                result[at++] = (byte)(value >> 8);
            result[at++] = (byte)value;
        }
        bytes = result;
        return true;
    }

    private static int ValueOf(ReadOnlySpan<char> group)
    {
        var value = 0;
        for (var index = group.Length - 1; index >= 0; index--)
        {
            var digit = group[index] < Values.Length ? Values[group[index]] : (sbyte)-1;
            if (digit < 0)
                return -1;
            value = value * 45 + digit;
        }
        return value;
    }

    private static sbyte[] BuildValues()
    {
        var values = new sbyte[128];
        Array.Fill(values, (sbyte)-1);
        for (var index = 0; index < Alphabet.Length; index++)
            values[Alphabet[index]] = (sbyte)index;
        return values;
    }
}
