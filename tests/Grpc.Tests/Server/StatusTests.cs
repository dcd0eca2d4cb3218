using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Tests.Fixture;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Status = Grpc.Core.Status;

namespace Grpc.Tests.Server;

/// <summary>How calls end: statuses, messages, trailers, rich details, exceptions.</summary>
public sealed class StatusTests
{
    [Theory]
    [InlineData(StatusCode.Cancelled)]
    [InlineData(StatusCode.InvalidArgument)]
    [InlineData(StatusCode.Unauthenticated)]
    [InlineData((StatusCode)42)]
    public async Task Thrown_status_arrives_with_its_message_and_trailers(StatusCode code)
    {
        await using var server =
            await GrpcServer.WithMethodAsync(methods => methods.AddUnary((_, _) => throw new RpcException(
                new Status(code, "不行: 100% no\n"),
                new Metadata { { "reason", "none" }, { "raw-bin", [0, 255] }, { "raw-bin", [] } })));
        var refusal = await CallUnaryAsync(server);
        Assert.Equal((int)code > 16 ? StatusCode.Unknown : code, refusal.StatusCode);
        Assert.Equal("不行: 100% no\n", refusal.Status.Detail);
        Assert.Equal("none", refusal.Trailers.GetValue("reason"));
        Assert.Equal([[0, 255], []], refusal.Trailers.GetAll("raw-bin").Select(entry => entry.ValueBytes));
    }

    [Fact]
    public async Task Status_set_on_the_context_arrives()
    {
        await using var server = await GrpcServer.WithMethodAsync(methods => methods.AddUnary((_, context) =>
            {
                context.Status = new Status(StatusCode.NotFound, "gone");
                context.ResponseTrailers.Add("t", "1");
                return Task.FromResult("ignored");
            }));
        var refusal = await CallUnaryAsync(server);
        Assert.Equal(new Status(StatusCode.NotFound, "gone"), refusal.Status);
        Assert.Equal("1", refusal.Trailers.GetValue("t"));
    }

    [Theory]
    [InlineData(false, "Exception was thrown by handler.")]
    [InlineData(true, "Exception was thrown by handler. FormatException: the secret")]
    public async Task Exception_text_leaves_only_when_asked_for(bool detailed, string expected)
    {
        await using var server = await GrpcServer.WithMethodAsync(
            methods => methods.AddUnary((_, _) => throw new FormatException("the secret")),
            options => options.EnableDetailedErrors = detailed);
        var refusal = await CallUnaryAsync(server);
        Assert.Equal(new Status(StatusCode.Unknown, expected), refusal.Status);
        Assert.Single(server.Logs.Errors);
    }

    [Fact]
    public async Task Status_after_messages_comes_in_the_trailers()
    {
        await using var server = await GrpcServer.WithMethodAsync(
            methods => methods.AddServerStreaming(async (request, responses, context) =>
            {
                await responses.WriteAsync("one");
                throw new RpcException(new Status(StatusCode.DataLoss, "lost"));
            }));
        using var call = server.Invoker().AsyncServerStreamingCall(TestMethods.ServerStreaming(), null, default, "");
        Assert.True(await call.ResponseStream.MoveNext());
        var refusal = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext());
        Assert.Equal(new Status(StatusCode.DataLoss, "lost"), refusal.Status);
        Assert.Equal(refusal.Status, call.GetStatus());
    }

    [Fact]
    public async Task Null_response_is_an_error_and_not_an_empty_message()
    {
        await using var server = await GrpcServer.WithMethodAsync(
            methods => methods.AddUnary((_, _) => Task.FromResult<string>(null!)));
        Assert.Equal(StatusCode.Internal, (await CallUnaryAsync(server)).StatusCode);
    }

    [Fact]
    public async Task Response_that_cannot_be_serialized_ends_in_one_internal_status()
    {
        var broken = new Method<string, string>(
            MethodType.Unary,
            "test.Dynamic",
            "Unary",
            Marshallers.StringMarshaller,
            Marshallers.Create<string>(_ => throw new InvalidOperationException("no"), _ => ""));
        await using var server = await GrpcServer.WithMethodAsync(
            methods => methods.AddMethod(
                broken, new UnaryServerMethod<string, string>((_, _) => Task.FromResult("x"))));
        Assert.Equal(StatusCode.Internal, (await CallUnaryAsync(server)).StatusCode);
    }

    [Fact]
    public async Task Response_broken_off_in_the_middle_resets_the_stream()
    {
        var broken = new Method<string, string>(
            MethodType.Unary,
            "test.Dynamic",
            "Unary",
            Marshallers.StringMarshaller,
            Marshallers.Create<string>(
                (_, context) =>
                {
                    context.SetPayloadLength(20_000);
                    var output = context.GetBufferWriter();
                    for (var written = 0; written < 10_000; written += 100)
                    {
                        output.GetSpan(100);
                        output.Advance(100);
                    }
                    throw new InvalidOperationException("half way");
                },
                _ => ""));
        await using var server = await GrpcServer.WithMethodAsync(
            methods => methods.AddMethod(
                broken, new UnaryServerMethod<string, string>((_, _) => Task.FromResult("x"))));
        Assert.Equal(StatusCode.Internal, (await CallUnaryAsync(server)).StatusCode);
    }

    [Fact]
    public async Task Trailers_that_cannot_be_sent_become_an_internal_status()
    {
        await using var server = await GrpcServer.WithMethodAsync(methods => methods.AddUnary((_, context) =>
            {
                context.ResponseTrailers.Add("text", "new\nline");
                return Task.FromResult("x");
            }));
        Assert.Equal(StatusCode.Internal, (await CallUnaryAsync(server)).StatusCode);
    }

    [Fact]
    public async Task Rich_status_travels_whole()
    {
        var rich = new Google.Rpc.Status
        {
            Code = (int)StatusCode.FailedPrecondition,
            Message = "not now",
            Details = { Any.Pack(new RetryInfo { RetryDelay = Duration.FromTimeSpan(TimeSpan.FromSeconds(3)) }) },
        };
        await using var server = await GrpcServer.WithMethodAsync(
            methods => methods.AddUnary((_, _) => throw rich.ToRpcException()));
        var refusal = await CallUnaryAsync(server);
        Assert.Equal(StatusCode.FailedPrecondition, refusal.StatusCode);
        Assert.Equal(rich, refusal.GetRpcStatus());
        Assert.Equal(3, refusal.GetRpcStatus()!.GetDetail<RetryInfo>()!.RetryDelay.Seconds);
        Assert.Null(refusal.GetRpcStatus()!.GetDetail<BadRequest>());
    }

    [Theory]
    [InlineData("test.Dynamic", "Nothing")]
    [InlineData("test.Nobody", "Unary")]
    public async Task Unknown_service_or_method_is_unimplemented(string service, string name)
    {
        await using var server = await GrpcServer.WithMethodAsync(
            methods => methods.AddUnary((request, _) => Task.FromResult(request)));
        var method = new Method<string, string>(
            MethodType.Unary, service, name, Marshallers.StringMarshaller, Marshallers.StringMarshaller);
        var refusal = await Assert.ThrowsAsync<RpcException>(
            async () => await server.Invoker().AsyncUnaryCall(method, null, default, ""));
        Assert.Equal(StatusCode.Unimplemented, refusal.StatusCode);
    }

    [Fact]
    public async Task Nothing_listening_is_unavailable()
    {
        using var channel = GrpcChannel.ForAddress("http://127.0.0.1:1");
        var refusal = await Assert.ThrowsAsync<RpcException>(
            async () => await channel.CreateCallInvoker().AsyncUnaryCall(TestMethods.Unary(), null, default, ""));
        Assert.Equal(StatusCode.Unavailable, refusal.StatusCode);
        Assert.NotNull(refusal.Status.DebugException);
    }

    private static async Task<RpcException> CallUnaryAsync(GrpcServer server) =>
        await Assert.ThrowsAsync<RpcException>(
            async () => await server.Invoker().AsyncUnaryCall(TestMethods.Unary(), null, default, "ask"));
}
