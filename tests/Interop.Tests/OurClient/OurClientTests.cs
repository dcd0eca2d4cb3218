using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Ecert.Interop.Tests.Foreign;
using Grpc.Net.Client;

namespace Ecert.Interop.Tests.OurClient;

/// <summary>Our client against a server that others wrote.</summary>
public sealed class OurClientTests(PythonServer server) : IClassFixture<PythonServer>
{
    public static TheoryData<string, string> Rows => InteropCases.OverBothTransports(InteropCases.Published);

    [ForeignTheory(ForeignPrograms.Python)]
    [MemberData(nameof(Rows))]
    public async Task Our_client_passes_against_a_python_server(string name, string transport)
    {
        using var sockets = new SocketsHttpHandler { SslOptions = TrustOnlyTheServer() };
        using var wire = new WireWatch(sockets);
        using var channel = GrpcChannel.ForAddress(
            transport == InteropCases.Tls
                ? $"https://localhost:{server.TlsPort}"
                : $"http://127.0.0.1:{server.PlainPort}",
            new GrpcChannelOptions { HttpHandler = wire });
        try
        {
            await new ClientCases(channel.CreateCallInvoker(), wire).RunAsync(name);
        }
        catch (Exception failure)
        {
            // Shown with a failure only: the server notes every status it is asked for as an error.
            throw new Xunit.Sdk.XunitException($"{failure}\nThe server wrote:\n{server.Errors}", failure);
        }
    }

    [ForeignFact(ForeignPrograms.Python)]
    public void Every_published_case_is_run_over_both_transports() => Assert.True(Rows.Count >= 36);

    private SslClientAuthenticationOptions TrustOnlyTheServer() => new()
    {
        RemoteCertificateValidationCallback = (_, certificate, _, errors) =>
            !errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)
            && certificate is X509Certificate2 presented && presented.Thumbprint == server.Thumbprint,
    };
}
