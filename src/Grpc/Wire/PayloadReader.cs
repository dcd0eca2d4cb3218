using System.Buffers;
using Grpc.Core;

namespace Grpc.Wire;

/// <summary>Shows a deserializer its payload in place. One per thread: deserializers do not wait.</summary>
internal sealed class PayloadReader : DeserializationContext
{
    [ThreadStatic]
    private static PayloadReader? _idle;

    private ReadOnlySequence<byte> _payload;

    public override int PayloadLength => (int)_payload.Length;

    public static T Deserialize<T>(ReadOnlySequence<byte> payload, Func<DeserializationContext, T> deserializer)
    {
        var reader = _idle ?? new PayloadReader();
        _idle = null;
        reader._payload = payload;
        try
        {
            return deserializer(reader);
        }
        catch (Exception exception) when (exception is not RpcException)
        {
            throw GrpcFault.Internal("The message cannot be parsed.", exception);
        }
        finally
        {
            reader._payload = default;
            _idle = reader;
        }
    }

    public override byte[] PayloadAsNewBuffer() => _payload.ToArray();

    public override ReadOnlySequence<byte> PayloadAsReadOnlySequence() => _payload;
}
