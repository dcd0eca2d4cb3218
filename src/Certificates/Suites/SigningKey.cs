namespace Ecert.Certificates.Suites;

/// <summary>
/// The seam in front of every private key. A key may be in this process (<see cref="SignatureSuite.GenerateKey"/>,
/// <see cref="SignatureSuite.ImportPem"/>), in a signer process or in a hardware module: nothing else in the library
/// ever sees one. Implementations are safe to use from several threads at once.
/// </summary>
public abstract class SigningKey
{
    /// <summary>The public half; its suite is the suite of the signatures.</summary>
    public abstract PublicKey PublicKey { get; }

    /// <summary>The suite of the signatures.</summary>
    public SignatureSuite Suite => PublicKey.Suite;

    /// <summary>Signs a message (the suite's digest is taken inside): raw <c>r‖s</c>, 64 bytes.</summary>
    public abstract ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> message, CancellationToken ct);
}
