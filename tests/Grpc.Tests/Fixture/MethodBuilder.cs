using Grpc.Core;

namespace Grpc.Tests.Fixture;

/// <summary>Names the call shape, so that a lambda needs no type to say which it is.</summary>
public static class MethodBuilder
{
    public static void AddUnary(
        this ServerServiceDefinition.Builder methods, UnaryServerMethod<string, string> handler) =>
        methods.AddMethod(TestMethods.Unary(), handler);

    public static void AddClientStreaming(
        this ServerServiceDefinition.Builder methods, ClientStreamingServerMethod<string, string> handler) =>
        methods.AddMethod(TestMethods.ClientStreaming(), handler);

    public static void AddServerStreaming(
        this ServerServiceDefinition.Builder methods, ServerStreamingServerMethod<string, string> handler) =>
        methods.AddMethod(TestMethods.ServerStreaming(), handler);

    public static void AddDuplex(
        this ServerServiceDefinition.Builder methods, DuplexStreamingServerMethod<string, string> handler) =>
        methods.AddMethod(TestMethods.Duplex(), handler);
}
