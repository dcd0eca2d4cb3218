using Google.Protobuf;
using Grpc.Core;
using Grpc.Tests.Fixture;
using Grpc.Tests.Protos;
using Microsoft.AspNetCore.Builder;

namespace Grpc.Tests.Server;

/// <summary>Generated code against our server and our client: every call shape, there and back.</summary>
public sealed class CallShapeTests : IAsyncLifetime
{
    private GrpcServer _server = null!;
    private Echo.EchoClient _client = null!;

    public async Task InitializeAsync()
    {
        _server = await GrpcServer.StartAsync(app => app.MapGrpcService<EchoService>());
        _client = new Echo.EchoClient(_server.Channel());
    }

    public async Task DisposeAsync()
    {
        Assert.Empty(_server.Logs.Errors);
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(4084)]
    [InlineData(4085)]
    [InlineData(4091)]
    [InlineData(4096)]
    [InlineData(10_000)]
    [InlineData(70_000)]
    [InlineData(3_000_000)]
    public async Task Unary_of_any_size_comes_back(int size)
    {
        var data = new byte[size];
        for (var index = 0; index < size; index++)
            data[index] = (byte)(index * 7);
        var reply = await _client.UnaryAsync(new EchoRequest { Text = "é", Data = ByteString.CopyFrom(data) });
        Assert.Equal("é", reply.Text);
        Assert.True(reply.Data.Span.SequenceEqual(data));
    }

    [Fact]
    public void Blocking_unary_answers() =>
        Assert.Equal("a", _client.Unary(new EchoRequest { Text = "a" }).Text);

    [Fact]
    public async Task Empty_message_comes_back_empty() =>
        Assert.Equal(new EchoReply(), await _client.UnaryAsync(new EchoRequest()));

    [Fact]
    public async Task Unary_has_status_headers_and_trailers()
    {
        using var call = _client.UnaryAsync(new EchoRequest { Text = "a" });
        await call.ResponseAsync;
        Assert.Equal(Status.DefaultSuccess, call.GetStatus());
        Assert.Empty(call.GetTrailers());
        Assert.NotNull((await call.ResponseHeadersAsync).Get("date"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1000)]
    public async Task Client_stream_is_collected(int count)
    {
        using var call = _client.Collect();
        for (var index = 0; index < count; index++)
            await call.RequestStream.WriteAsync(new EchoRequest { Text = $"{index}" });
        await call.RequestStream.CompleteAsync();
        Assert.Equal(string.Join(',', Enumerable.Range(0, count)), (await call).Text);
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 100)]
    [InlineData(1000, 10)]
    [InlineData(20, 100_000)]
    public async Task Server_stream_is_read_to_its_end(int times, int size)
    {
        var data = ByteString.CopyFrom(new byte[size]);
        using var call = _client.Repeat(new EchoRequest { Text = "n", Times = times, Data = data });
        var read = 0;
        await foreach (var reply in call.ResponseStream.ReadAllAsync())
        {
            Assert.Equal($"n{read++}", reply.Text);
            Assert.Equal(size, reply.Data.Length);
        }
        Assert.Equal(times, read);
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task Duplex_answers_message_by_message()
    {
        using var call = _client.Chat();
        await call.ResponseHeadersAsync.WaitAsync(TimeSpan.FromMilliseconds(1)).ContinueWith(_ => { });
        for (var index = 0; index < 100; index++)
        {
            await call.RequestStream.WriteAsync(new EchoRequest { Text = $"{index}" });
            Assert.True(await call.ResponseStream.MoveNext());
            Assert.Equal($"{index}", call.ResponseStream.Current.Text);
        }
        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext());
        Assert.False(await call.ResponseStream.MoveNext());
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task Many_calls_at_once_are_not_mixed_up()
    {
        await Parallel.ForAsync(0, 2000, async (index, _) =>
        {
            var reply = await _client.UnaryAsync(
                new EchoRequest { Text = $"{index}" }, deadline: DateTime.UtcNow.AddSeconds(30));
            Assert.Equal($"{index}", reply.Text);
        });
    }
}
