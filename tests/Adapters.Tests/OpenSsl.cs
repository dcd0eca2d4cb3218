using System.Diagnostics;

namespace Ecert.Adapters.Tests;

/// <summary>The referee we did not write: the openssl command line.</summary>
internal static class OpenSsl
{
    /// <summary>Runs openssl over files of the given contents; <c>{name}</c> in an argument is the file's path.</summary>
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
}
