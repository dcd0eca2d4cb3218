using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;
using Grpc.Core.Interceptors;

namespace Grpc.AspNetCore.Server;

/// <summary>The interceptors around calls, in order.</summary>
public class InterceptorCollection : Collection<InterceptorRegistration>
{
    private const DynamicallyAccessedMemberTypes Constructors = DynamicallyAccessedMemberTypes.PublicConstructors;

    /// <summary>Adds an interceptor that is made for every call, with these arguments and services.</summary>
    public void Add<[DynamicallyAccessedMembers(Constructors)] TInterceptor>(params object[] args)
        where TInterceptor : Interceptor => Add(typeof(TInterceptor), args);

    /// <summary>Adds an interceptor that is made for every call, with these arguments and services.</summary>
    public void Add([DynamicallyAccessedMembers(Constructors)] Type interceptorType, params object[] args) =>
        Add(new InterceptorRegistration(interceptorType, args));
}

/// <summary>One interceptor: its type and the arguments it is made with.</summary>
public class InterceptorRegistration
{
    private readonly object[] _args;

    internal InterceptorRegistration(Type type, object[] args)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(args);
        if (!type.IsSubclassOf(typeof(Interceptor)))
            throw new ArgumentException($"{type} is no interceptor.", nameof(type));
        if (args.Any(arg => arg is null))
            throw new ArgumentException("An interceptor's arguments must not be null.", nameof(args));
        Type = type;
        _args = args;
    }

    /// <summary>The interceptor's type.</summary>
    public Type Type { get; }

    /// <summary>The arguments it is made with, besides services.</summary>
    public IReadOnlyList<object> Arguments => _args;

    internal object[] ArgumentArray => _args;
}
