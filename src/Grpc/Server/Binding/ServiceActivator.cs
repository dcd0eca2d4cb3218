using System.Linq.Expressions;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>
/// Makes the service object of a call: from the container when it is registered there, else with its constructor. A
/// service without constructor arguments costs no dependency-injection scope.
/// </summary>
internal sealed class ServiceActivator<TService> where TService : class
{
    private readonly Func<TService>? _construct;
    private readonly ObjectFactory<TService>? _constructFromServices;

    public ServiceActivator(IServiceProvider services)
    {
        if (services.GetService<IServiceProviderIsService>()?.IsService(typeof(TService)) == true)
            return;
        OwnsInstance = typeof(IDisposable).IsAssignableFrom(typeof(TService))
            || typeof(IAsyncDisposable).IsAssignableFrom(typeof(TService));
        var constructors = typeof(TService).GetConstructors();
        if (constructors is [var only] && only.GetParameters().Length == 0)
            _construct = Expression.Lambda<Func<TService>>(Expression.New(only)).Compile();
        else
            _constructFromServices = ActivatorUtilities.CreateFactory<TService>(Type.EmptyTypes);
    }

    /// <summary>Whether the object is ours to dispose after the call.</summary>
    public bool OwnsInstance { get; }

    public TService Create(ServerCallContext context)
    {
        if (_construct is not null)
            return _construct();
        var services = context.GetHttpContext().RequestServices;
        return _constructFromServices is null
            ? services.GetRequiredService<TService>()
            : _constructFromServices(services, null);
    }

    public static ValueTask DisposeAsync(TService service)
    {
        if (service is IAsyncDisposable asynchronous)
            return asynchronous.DisposeAsync();
        (service as IDisposable)?.Dispose();
        return ValueTask.CompletedTask;
    }
}
