using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Grpc.Core;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>What the call knows of its peer, and how it is cancelled.</summary>
internal sealed partial class HttpContextServerCallContext
{
    private CancellationTokenSource? _cancellation;
    private CancellationTokenRegistration _abortRegistration;
    private AuthContext? _authContext;

    protected override string MethodCore => settings.Path;

    protected override string HostCore => http.Request.Host.Value ?? "";

    protected override AuthContext AuthContextCore => _authContext ??= ReadAuthContext();

    protected override string PeerCore
    {
        get
        {
            var address = http.Connection.RemoteIpAddress;
            if (address is null)
                return "unix:";
            if (address.IsIPv4MappedToIPv6)
                address = address.MapToIPv4();
            return address.AddressFamily == AddressFamily.InterNetwork
                ? $"ipv4:{address}:{http.Connection.RemotePort}"
                : $"ipv6:[{address}]:{http.Connection.RemotePort}";
        }
    }

    /// <summary>Made when first asked for: most unary handlers never look at it.</summary>
    protected override CancellationToken CancellationTokenCore
    {
        get
        {
            if (_deadline is not { } deadline)
                return http.RequestAborted;
            lock (deadline)
            {
                if (_cancellation is not null)
                    return _cancellation.Token;
                _cancellation = new CancellationTokenSource();
                if (deadline.IsFinished && !_claimed)
                    _cancellation.Cancel();
            }
            _abortRegistration = http.RequestAborted.UnsafeRegister(
                static state => ((HttpContextServerCallContext)state!).CancelHandler(), this);
            return _cancellation.Token;
        }
    }

    /// <summary>Fires the handler's token.</summary>
    public void CancelHandler()
    {
        try
        {
            Volatile.Read(ref _cancellation)?.Cancel();
        }
        catch (AggregateException exception)
        {
            CallFailure.Log.CancellationCallbackFailed(settings.Log, settings.Path, exception);
        }
    }

    protected override ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options)
    {
        options ??= ContextPropagationOptions.Default;
        return new Net.Client.Internal.CallPropagationToken(
            options.IsPropagateDeadline ? _deadlineTime : DateTime.MaxValue,
            options.IsPropagateCancellation ? CancellationTokenCore : CancellationToken.None);
    }

    private AuthContext ReadAuthContext()
    {
        if (http.Connection.ClientCertificate is not { } certificate)
            return new AuthContext(null, []);
        var properties = new Dictionary<string, List<AuthProperty>>(StringComparer.Ordinal);
        AddNames(properties, "x509_subject_alternative_name", AlternativeNames(certificate));
        AddNames(properties, "x509_common_name", [certificate.GetNameInfo(X509NameType.SimpleName, false)]);
        var identity = properties.Keys.FirstOrDefault();
        return new AuthContext(identity, properties);
    }

    private static IEnumerable<string> AlternativeNames(X509Certificate2 certificate) => certificate.Extensions
        .OfType<X509SubjectAlternativeNameExtension>()
        .SelectMany(extension => extension.EnumerateDnsNames());

    private static void AddNames(
        Dictionary<string, List<AuthProperty>> properties, string property, IEnumerable<string> names)
    {
        var values = names.Where(name => name.Length > 0)
            .Select(name => AuthProperty.Create(property, Encoding.UTF8.GetBytes(name)))
            .ToList();
        if (values.Count > 0)
            properties.Add(property, values);
    }
}
