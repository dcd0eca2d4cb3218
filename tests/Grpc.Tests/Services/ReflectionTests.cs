using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Reflection.V1;
using Grpc.Tests.Fixture;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Older = Grpc.Reflection.V1Alpha;

namespace Grpc.Tests.Services;

public sealed class ReflectionTests
{
    [Fact]
    public async Task Services_are_listed()
    {
        var answer = await AskAsync(new ServerReflectionRequest { Host = "h", ListServices = "" });
        Assert.Equal("h", answer.ValidHost);
        Assert.Equal(
            [
                "grpc.health.v1.Health", "grpc.reflection.v1.ServerReflection",
                "grpc.reflection.v1alpha.ServerReflection", "grpc.tests.Echo",
            ],
            answer.ListServicesResponse.Service.Select(service => service.Name));
    }

    [Theory]
    [InlineData("grpc.tests.Echo")]
    [InlineData("grpc.tests.Echo.Unary")]
    [InlineData("grpc.tests.EchoRequest")]
    [InlineData("grpc.tests.EchoRequest.text")]
    public async Task File_of_a_symbol_is_found(string symbol)
    {
        var answer = await AskAsync(new ServerReflectionRequest { FileContainingSymbol = symbol });
        var file = FileDescriptorProto.Parser.ParseFrom(answer.FileDescriptorResponse.FileDescriptorProto[0]);
        Assert.Equal("echo.proto", file.Name);
        Assert.Equal(symbol, answer.OriginalRequest.FileContainingSymbol);
    }

    [Theory]
    [InlineData("health.proto", 1, false)]
    [InlineData("grpc/health/v1/health.proto", 1, true)]
    public async Task File_of_a_name_is_found(string name, int files, bool found)
    {
        var answer = await AskAsync(new ServerReflectionRequest { FileByFilename = name });
        Assert.Equal(found ? files : 0, answer.FileDescriptorResponse?.FileDescriptorProto.Count ?? 0);
        Assert.Equal(found ? 0 : (int)StatusCode.NotFound, answer.ErrorResponse?.ErrorCode ?? 0);
    }

    [Fact]
    public async Task What_is_not_known_is_not_found_and_the_stream_goes_on()
    {
        await using var server = await StartAsync();
        using var call = new ServerReflection.ServerReflectionClient(server.Channel()).ServerReflectionInfo();
        foreach (var request in new ServerReflectionRequest[]
        {
            new() { FileContainingSymbol = "no.Such" },
            new() { AllExtensionNumbersOfType = "no.Such" },
            new() { FileContainingExtension = new() { ContainingType = "grpc.tests.EchoRequest",
                ExtensionNumber = 9 } },
        })
        {
            await call.RequestStream.WriteAsync(request);
            Assert.True(await call.ResponseStream.MoveNext());
            Assert.Equal((int)StatusCode.NotFound, call.ResponseStream.Current.ErrorResponse.ErrorCode);
        }
        await call.RequestStream.WriteAsync(new ServerReflectionRequest());
        Assert.True(await call.ResponseStream.MoveNext());
        Assert.Equal((int)StatusCode.InvalidArgument, call.ResponseStream.Current.ErrorResponse.ErrorCode);
    }

    [Fact]
    public async Task Older_version_answers_the_same()
    {
        await using var server = await StartAsync();
        using var call = new Older.ServerReflection.ServerReflectionClient(server.Channel()).ServerReflectionInfo();
        var request = new Older.ServerReflectionRequest { FileContainingSymbol = "grpc.tests.Echo" };
        await call.RequestStream.WriteAsync(request);
        Assert.True(await call.ResponseStream.MoveNext());
        var newer = await AskAsync(new ServerReflectionRequest { FileContainingSymbol = "grpc.tests.Echo" });
        Assert.Equal(newer.ToByteString(), call.ResponseStream.Current.ToByteString());
    }

    private static async Task<ServerReflectionResponse> AskAsync(ServerReflectionRequest request)
    {
        await using var server = await StartAsync();
        using var call = new ServerReflection.ServerReflectionClient(server.Channel()).ServerReflectionInfo();
        await call.RequestStream.WriteAsync(request);
        await call.RequestStream.CompleteAsync();
        Assert.True(await call.ResponseStream.MoveNext());
        return call.ResponseStream.Current;
    }

    private static Task<GrpcServer> StartAsync() => GrpcServer.StartAsync(
        app =>
        {
            app.MapGrpcService<EchoService>();
            app.MapGrpcHealthChecksService();
            app.MapGrpcReflectionService();
        },
        services =>
        {
            services.AddGrpcReflection();
            services.AddGrpcHealthChecks();
        });
}
