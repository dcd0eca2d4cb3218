using Ecert.Fixtures;

namespace Ecert.CertsDev.Tests;

/// <summary>One chain for all tests that only read it, made by the machine's clock: openssl goes by it too.</summary>
public sealed class ChainFixture : IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    public ChainFixture() => Chain = DevelopmentChain.Ensure(_temporary.File("made"), TimeProvider.System);

    public DevelopmentChain Chain { get; }

    public string File(string path) => Path.Combine(Chain.Folder, path);

    public void Dispose() => _temporary.Dispose();
}
