using System.Net;
using System.Net.Sockets;

namespace Ecert.Standalone.Composition;

/// <summary>Where each part listens, all on loopback.</summary>
/// <param name="Gateway">gRPC over mTLS.</param>
/// <param name="GatewayCallbacks">Where the channels post their notifications.</param>
/// <param name="Identity">The authorization server and issuer.</param>
/// <param name="IdentityPages">The same server's pages for a browser without our certificates.</param>
/// <param name="Sandbox">The stand-ins.</param>
internal sealed record Addresses(Uri Gateway, Uri GatewayCallbacks, Uri Identity, Uri IdentityPages, Uri Sandbox)
{
    /// <summary>Five neighbouring ports, or any five that are free when the first is 0.</summary>
    public static Addresses From(int basePort)
    {
        var ports = basePort == 0 ? FreePorts(5) : [.. Enumerable.Range(basePort, 5)];
        return new Addresses(
            new Uri($"https://localhost:{ports[0]}"), new Uri($"http://127.0.0.1:{ports[1]}"),
            new Uri($"https://localhost:{ports[2]}"), new Uri($"http://127.0.0.1:{ports[3]}"),
            new Uri($"http://127.0.0.1:{ports[4]}"));
    }

    private static int[] FreePorts(int count)
    {
        // All held at once, so that no two are the same.
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(listener => listener.Start());
        int[] ports = [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        listeners.ForEach(listener => listener.Stop());
        return ports;
    }
}
