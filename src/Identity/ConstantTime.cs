using System.Security.Cryptography;
using System.Text;

namespace Ecert.Identity;

/// <summary>Compares secrets in a time that tells nothing about where they differ.</summary>
internal static class ConstantTime
{
    public static bool AreEqual(string left, string right) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(left), Encoding.UTF8.GetBytes(right));
}
