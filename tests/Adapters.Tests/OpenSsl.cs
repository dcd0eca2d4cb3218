using System.Diagnostics;

namespace Ecert.Adapters.Tests;

/// <summary>The referee we did not write: the openssl command line.</summary>
internal static class OpenSsl
{
    /// <summary>
    /// Runs openssl over files of the given contents; <c>{name}</c> in an argument is the file's path.
    /// </summary>
    public static string Run(IReadOnlyDictionary<string, byte[]> files, params string[] arguments)
    {
        var folder = Directory.CreateTempSubdirectory("adapters");
        try
        {
            foreach (var (name, content) in files)
                File.WriteAllBytes(Path.Combine(folder.FullName, name), content);
            var start = new ProcessStartInfo("openssl")
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = folder.FullName,
            };
            foreach (var argument in arguments)
                start.ArgumentList.Add(argument);
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEnd() + process.StandardError.ReadToEnd();
            process.WaitForExit();
            return output.Trim();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    public static bool VerifiesRsa(string publicKeyPem, byte[] text, string signature) => Run(
        new Dictionary<string, byte[]>
        {
            ["key.pem"] = System.Text.Encoding.ASCII.GetBytes(publicKeyPem),
            ["text"] = text,
            ["signature"] = Convert.FromBase64String(signature),
        },
        "dgst", "-sha256", "-verify", "key.pem", "-signature", "signature", "text") == "Verified OK";

    public static bool VerifiesSm2(string publicKeyPem, byte[] text, byte[] derSignature) => Run(
        new Dictionary<string, byte[]>
        {
            ["key.pem"] = System.Text.Encoding.ASCII.GetBytes(publicKeyPem),
            ["text"] = text,
            ["signature"] = derSignature,
        },
        "dgst", "-sm3", "-verify", "key.pem", "-sigopt", "distid:1234567812345678", "-signature", "signature", "text")
        == "Verified OK";

    /// <summary>A fresh SM2 key pair, PEM.</summary>
    public static (string PrivatePem, string PublicPem) Sm2Pair()
    {
        var text = Run(new Dictionary<string, byte[]>(), "genpkey", "-algorithm", "SM2");
        var privatePem = text[text.IndexOf("-----BEGIN", StringComparison.Ordinal)..];
        var files = new Dictionary<string, byte[]> { ["key.pem"] = System.Text.Encoding.ASCII.GetBytes(privatePem) };
        return (privatePem, Run(files, "pkey", "-in", "key.pem", "-pubout"));
    }

    /// <summary>An SM2 signature with the default user id, DER.</summary>
    public static byte[] SignSm2(string privatePem, byte[] text)
    {
        var files = new Dictionary<string, byte[]>
        {
            ["key.pem"] = System.Text.Encoding.ASCII.GetBytes(privatePem),
            ["text"] = text,
        };
        var output = Run(
            files, "dgst", "-sm3", "-hex", "-sign", "key.pem", "-sigopt", "distid:1234567812345678", "text");
        return Convert.FromHexString(output[(output.LastIndexOf(' ') + 1)..]);
    }

    /// <summary>SM4-ECB with PKCS #7 padding.</summary>
    public static byte[] Sm4(bool encrypts, byte[] key, byte[] text)
    {
        var input = new Dictionary<string, byte[]>
        {
            ["in"] = encrypts ? text : System.Text.Encoding.ASCII.GetBytes(Convert.ToBase64String(text)),
        };
        var output = Run(
            input, "enc", encrypts ? "-e" : "-d", "-sm4-ecb", "-K", Convert.ToHexString(key), "-a", "-A", "-in", "in");
        return encrypts ? Convert.FromBase64String(output) : System.Text.Encoding.UTF8.GetBytes(output);
    }
}
