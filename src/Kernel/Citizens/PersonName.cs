using System.Globalization;

namespace Ecert.Kernel.Citizens;

/// <summary>A person's name where only a part of it may be shown.</summary>
public static class PersonName
{
    /// <summary>
    /// All but the last character as asterisks: 张三 is <c>*三</c>. A name of one character is wholly masked. Counts what
    /// a reader sees as one character, so that a rare one of two code units is not cut.
    /// </summary>
    /// <param name="name">The name; surrounding blanks do not count.</param>
    public static string Mask(string name)
    {
        var trimmed = name.Trim();
        var starts = StringInfo.ParseCombiningCharacters(trimmed);
        return starts.Length < 2
            ? new string('*', starts.Length)
            : new string('*', starts.Length - 1) + trimmed[starts[^1]..];
    }
}
