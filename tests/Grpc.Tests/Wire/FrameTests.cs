using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;
using FsCheck;
using FsCheck.Fluent;
using Grpc.Core;
using Grpc.Net.Compression;
using Grpc.Tests.Fixture;
using Grpc.Wire;

namespace Grpc.Tests.Wire;

public sealed class FrameTests
{
    private static readonly ICompressionProvider Gzip = new GzipCompressionProvider(CompressionLevel.Fastest);

    [Fact]
    public void Frame_is_flag_length_and_message() =>
        Assert.Equal([0, 0, 0, 0, 2, 7, 8], Write([7, 8], default));

    [Theory]
    [InlineData(2)]
    [InlineData(255)]
    public void Unknown_flag_is_internal(byte flag) =>
        Assert.Equal(StatusCode.Internal, Refusal([flag], null));

    [Fact]
    public void Impossible_length_is_internal() =>
        Assert.Equal(StatusCode.Internal, Refusal([0, 0xFF, 0xFF, 0xFF, 0xFF], null));

    [Fact]
    public void Length_past_the_limit_is_refused_before_the_message_comes() =>
        Assert.Equal(StatusCode.ResourceExhausted, Refusal([0, 0, 0, 0, 11], 10));

    [Fact]
    public void Message_of_the_limit_passes()
    {
        var buffer = new ReadOnlySequence<byte>([0, 0, 0, 0, 1, 9]);
        Assert.True(FrameParser.TryRead(ref buffer, 1, out var frame));
        Assert.Equal([9], frame.Payload.ToArray());
        Assert.True(buffer.IsEmpty);
    }

    [Fact]
    public void Compressed_message_without_encoding_is_internal()
    {
        var frame = new Frame(true, new ReadOnlySequence<byte>([1]));
        var refusal = Assert.Throws<RpcException>(
            () => FrameParser.Decode(frame, context => context.PayloadAsNewBuffer(), default));
        Assert.Equal(StatusCode.Internal, refusal.StatusCode);
    }

    [Fact]
    public void Decompression_stops_at_the_limit()
    {
        var bomb = Write(new byte[10_000_000], new FrameEncoding(null, Gzip, null));
        Assert.True(bomb.Length < 100_000);
        var frame = new Frame(true, new ReadOnlySequence<byte>(bomb.AsMemory(5)));
        var refusal = Assert.Throws<RpcException>(() => FrameParser.Decode(
            frame, context => context.PayloadAsNewBuffer(), new FrameDecoding(1000, Gzip)));
        Assert.Equal(StatusCode.ResourceExhausted, refusal.StatusCode);
    }

    [Fact]
    public void Corrupt_compressed_message_is_internal()
    {
        var frame = new Frame(true, new ReadOnlySequence<byte>([1, 2, 3, 4]));
        var refusal = Assert.Throws<RpcException>(() => FrameParser.Decode(
            frame, context => context.PayloadAsNewBuffer(), new FrameDecoding(1000, Gzip)));
        Assert.Equal(StatusCode.Internal, refusal.StatusCode);
    }

    [Fact]
    public void Message_past_the_send_limit_is_refused() => Assert.Equal(
        StatusCode.ResourceExhausted,
        Assert.Throws<RpcException>(() => Write(new byte[11], new FrameEncoding(10, null, null))).StatusCode);

    [Fact]
    public void Serializer_that_writes_less_than_it_said_is_internal_and_leaves_nothing()
    {
        var output = new ArrayBufferWriter<byte>();
        var refusal = Assert.Throws<RpcException>(() => FrameWriter.Write(
            output,
            "",
            (_, context) =>
            {
                context.SetPayloadLength(5);
                context.GetBufferWriter().Write("abc"u8);
                context.Complete();
            },
            default));
        Assert.Equal(StatusCode.Internal, refusal.StatusCode);
        Assert.Equal(0, output.WrittenCount);
    }

    [Fact]
    public void Serializer_that_never_completes_is_internal() => Assert.Equal(
        StatusCode.Internal,
        Assert.Throws<RpcException>(
            () => FrameWriter.Write(new ArrayBufferWriter<byte>(), "", (_, _) => { }, default)).StatusCode);

    [Theory]
    [InlineData(0)]
    [InlineData(4091)]
    [InlineData(4092)]
    [InlineData(50_000)]
    public void Announced_and_collected_messages_make_the_same_frame(int size)
    {
        var message = new byte[size];
        message.AsSpan().Fill(3);
        var direct = WriteBy(context =>
        {
            context.SetPayloadLength(size);
            context.GetBufferWriter().Write(message);
            context.Complete();
        });
        var collected = WriteBy(context =>
        {
            context.GetBufferWriter().Write(message);
            context.Complete();
        });
        Assert.Equal(Write(message, default), direct);
        Assert.Equal(direct, collected);
    }

    [Fact]
    public void Messages_come_out_whole_however_the_stream_is_cut() => Prop.ForAll(
        (byte[][] messages, byte cut, bool compress) =>
    {
        var encoding = new FrameEncoding(null, compress ? Gzip : null, null);
        var stream = messages.SelectMany(message => Write(message, encoding)).ToArray();
        var pipe = PipeReader.Create(new ChoppedStream(stream, cut % 7 + 1));
        var reader = new FrameReader<byte[]>(
            pipe, context => context.PayloadAsNewBuffer(), new FrameDecoding(null, compress ? Gzip : null));
        foreach (var message in messages)
        {
            var read = reader.ReadAsync(default);
            if (!read.IsCompletedSuccessfully || !read.Result || !reader.Current!.AsSpan().SequenceEqual(message))
                return false;
        }
        var end = reader.ReadAsync(default);
        return end.IsCompletedSuccessfully && !end.Result;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public async Task Stream_that_ends_inside_a_message_is_internal()
    {
        var reader = new FrameReader<byte[]>(
            PipeReader.Create(new MemoryStream([0, 0, 0, 0, 9, 1])),
            context => context.PayloadAsNewBuffer(),
            default);
        var refusal = await Assert.ThrowsAsync<RpcException>(async () => await reader.ReadAsync(default));
        Assert.Equal(StatusCode.Internal, refusal.StatusCode);
    }

    private static byte[] Write(byte[] message, FrameEncoding encoding)
    {
        var output = new ArrayBufferWriter<byte>();
        FrameWriter.Write(output, message, TestMethods.Bytes.ContextualSerializer, encoding);
        return output.WrittenSpan.ToArray();
    }

    private static byte[] WriteBy(Action<SerializationContext> serialize)
    {
        var output = new ArrayBufferWriter<byte>();
        FrameWriter.Write(output, "", (_, context) => serialize(context), default);
        return output.WrittenSpan.ToArray();
    }

    private static StatusCode Refusal(byte[] bytes, int? limit) => Assert.Throws<RpcException>(() =>
    {
        var buffer = new ReadOnlySequence<byte>(bytes);
        FrameParser.TryRead(ref buffer, limit, out _);
    }).StatusCode;

    private sealed class ChoppedStream(byte[] bytes, int cut) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(cut, buffer.Length)], cancellationToken);
    }
}
