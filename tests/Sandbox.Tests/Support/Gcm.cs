using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Ecert.Sandbox.Tests.Support;

/// <summary>Opens what the platform seals, by the published rules.</summary>
internal static class Gcm
{
    public static string Open(JsonObject resource)
    {
        Assert.Equal("AEAD_AES_256_GCM", (string)resource["algorithm"]!);
        var data = Convert.FromBase64String((string)resource["ciphertext"]!);
        var associated = (string)resource["associated_data"]!;
        Assert.NotEmpty(associated);
        using var aes = new AesGcm(Encoding.ASCII.GetBytes(RunningSandbox.Parties.WeChatPay.ApiV3Key), 16);
        var plain = new byte[data.Length - 16];
        aes.Decrypt(
            Encoding.ASCII.GetBytes((string)resource["nonce"]!), data[..^16], data[^16..], plain,
            Encoding.UTF8.GetBytes(associated));
        return Encoding.UTF8.GetString(plain);
    }
}
