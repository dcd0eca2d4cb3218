using System.Text;
using Grpc.Core;

namespace Grpc.Tests.Fixture;

/// <summary>Methods of strings and bytes for tests that need no generated code.</summary>
public static class TestMethods
{
    public static readonly Marshaller<byte[]> Bytes = Marshallers.Create<byte[]>(bytes => bytes, bytes => bytes);

    public static Method<string, string> Unary(string name = "Unary") => Of(MethodType.Unary, name);

    public static Method<string, string> ClientStreaming(string name = "Collect") =>
        Of(MethodType.ClientStreaming, name);

    public static Method<string, string> ServerStreaming(string name = "Repeat") =>
        Of(MethodType.ServerStreaming, name);

    public static Method<string, string> Duplex(string name = "Chat") => Of(MethodType.DuplexStreaming, name);

    public static Method<byte[], byte[]> BytesUnary { get; } =
        new(MethodType.Unary, "test.Dynamic", "Bytes", Bytes, Bytes);

    private static Method<string, string> Of(MethodType type, string name) =>
        new(type, "test.Dynamic", name, Marshallers.StringMarshaller, Marshallers.StringMarshaller);
}
