using System.Diagnostics;
using System.Globalization;
using System.Text;
using Ecert.Interop.Tests.Foreign;
using Ecert.Interop.Tests.Server;

namespace Ecert.Interop.Tests.OurClient;

/// <summary>The interop service on python3-grpcio, in a process of its own that ends with the test class.</summary>
public sealed class PythonServer : IAsyncLifetime
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly StringBuilder _errors = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ecert-interop-");
    private Process? _process;

    public int PlainPort { get; private set; }

    public int TlsPort { get; private set; }

    /// <summary>The thumbprint of the only certificate a client may accept.</summary>
    public string Thumbprint { get; private set; } = "";

    /// <summary>What the server wrote to its standard error.</summary>
    public string Errors
    {
        get
        {
            lock (_errors)
                return _errors.ToString();
        }
    }

    public async Task InitializeAsync()
    {
        if (ForeignPrograms.Find(ForeignPrograms.Python) is null && !ForeignPrograms.MustBeThere)
            return; // Every test of the class is skipped and says why.
        using var certificate = LoopbackCertificate.Make();
        Thumbprint = certificate.Thumbprint;
        var certificateFile = Path.Combine(_folder.FullName, "certificate.pem");
        var keyFile = Path.Combine(_folder.FullName, "key.pem");
        await File.WriteAllTextAsync(certificateFile, certificate.ExportCertificatePem());
        using (var key = System.Security.Cryptography.X509Certificates.ECDsaCertificateExtensions
            .GetECDsaPrivateKey(certificate)!)
            await File.WriteAllTextAsync(keyFile, key.ExportPkcs8PrivateKeyPem());

        _process = Process.Start(new ProcessStartInfo(
            ForeignPrograms.Require(ForeignPrograms.Python),
            [
                Path.Combine(ForeignPrograms.Folder("python"), "server.py"),
                "--protos", ForeignPrograms.Folder("protos"),
                "--certificate", certificateFile,
                "--key", keyFile,
            ])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        _process.ErrorDataReceived += (_, line) => Note(line.Data);
        _process.BeginErrorReadLine();
        await ReadPortsAsync();
    }

    public async Task DisposeAsync()
    {
        if (_process is not null)
        {
            _process.StandardInput.Close();
            using var limit = new CancellationTokenSource(StartLimit);
            await _process.WaitForExitAsync(limit.Token);
            _process.Dispose();
        }

        _folder.Delete(recursive: true);
    }

    private async Task ReadPortsAsync()
    {
        using var limit = new CancellationTokenSource(StartLimit);
        var line = await _process!.StandardOutput.ReadLineAsync(limit.Token);
        var words = line?.Split(' ') ?? [];
        if (words is not ["ports", var plain, var tls])
            throw new InvalidOperationException($"The Python server did not start: {line}\n{Errors}");
        PlainPort = int.Parse(plain, CultureInfo.InvariantCulture);
        TlsPort = int.Parse(tls, CultureInfo.InvariantCulture);
    }

    private void Note(string? line)
    {
        lock (_errors)
            _errors.AppendLine(line);
    }
}
