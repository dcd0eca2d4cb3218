using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Ecert.Interop.Tests.RawHttp2;

/// <summary>
/// One HTTP/2 connection in the clear (RFC 9113), with as little of its own opinion as possible: it sends what it is
/// told to, answers SETTINGS and PING, opens its windows wide and collects what comes back for each stream.
/// </summary>
internal sealed class Http2Connection : IAsyncDisposable
{
    private const int FrameHeaderLength = 9;
    private const int MaxFrameLength = 16384;
    private const int WidestWindow = int.MaxValue;
    private const int DefaultWindow = 65535;

    private readonly Socket _socket;
    private readonly NetworkStream _network;
    private readonly HpackDecoder _decoder = new();
    private readonly SemaphoreSlim _writing = new(1);
    private readonly ConcurrentDictionary<int, Http2Stream> _streams = new();
    private readonly TaskCompletionSource _settingsArrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly MemoryStream _headerBlock = new();
    private Task _reading = Task.CompletedTask;
    private int _nextStreamId = 1;

    private Http2Connection(Socket socket)
    {
        _socket = socket;
        _network = new NetworkStream(socket, ownsSocket: true);
    }

    /// <summary>The error code of the GOAWAY frame that ended the connection, or null.</summary>
    public uint? GoAway { get; private set; }

    public static async Task<Http2Connection> ConnectAsync(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        var connection = new Http2Connection(socket);
        await connection._network.WriteAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray());
        await connection.SendFrameAsync(FrameType.Settings, 0, 0, InitialWindowSetting());
        await connection.SendFrameAsync(FrameType.WindowUpdate, 0, 0, BigEndian(WidestWindow - DefaultWindow));
        connection._reading = connection.ReadFramesAsync();
        await connection._settingsArrived.Task.WaitAsync(Http2Stream.Patience);
        return connection;
    }

    public async Task<Http2Stream> OpenAsync(HeaderList headers, bool endStream = false)
    {
        var block = HpackEncoder.Encode(headers);
        await _writing.WaitAsync();
        try
        {
            var stream = new Http2Stream(this, _nextStreamId);
            _nextStreamId += 2;
            _streams[stream.Id] = stream;
            await WriteHeaderBlockAsync(stream.Id, block, endStream);
            return stream;
        }
        finally
        {
            _writing.Release();
        }
    }

    public async Task SendFrameAsync(FrameType type, FrameFlags flags, int streamId, ReadOnlyMemory<byte> payload)
    {
        await _writing.WaitAsync();
        try
        {
            await WriteFrameAsync(type, flags, streamId, payload);
        }
        finally
        {
            _writing.Release();
        }
    }

    public async Task SendDataAsync(int streamId, ReadOnlyMemory<byte> data, bool endStream)
    {
        while (data.Length > MaxFrameLength)
        {
            await SendFrameAsync(FrameType.Data, 0, streamId, data[..MaxFrameLength]);
            data = data[MaxFrameLength..];
        }

        await SendFrameAsync(FrameType.Data, endStream ? FrameFlags.EndStream : 0, streamId, data);
    }

    public async ValueTask DisposeAsync()
    {
        await _network.DisposeAsync();
        await _reading;
        _writing.Dispose();
    }

    private async Task WriteHeaderBlockAsync(int streamId, ReadOnlyMemory<byte> block, bool endStream)
    {
        var first = block[..Math.Min(block.Length, MaxFrameLength)];
        block = block[first.Length..];
        var flags = (endStream ? FrameFlags.EndStream : 0) | (block.IsEmpty ? FrameFlags.EndHeaders : 0);
        await WriteFrameAsync(FrameType.Headers, flags, streamId, first);
        while (!block.IsEmpty)
        {
            var part = block[..Math.Min(block.Length, MaxFrameLength)];
            block = block[part.Length..];
            var last = block.IsEmpty ? FrameFlags.EndHeaders : 0;
            await WriteFrameAsync(FrameType.Continuation, last, streamId, part);
        }
    }

    private async Task WriteFrameAsync(FrameType type, FrameFlags flags, int streamId, ReadOnlyMemory<byte> payload)
    {
        var frame = new byte[FrameHeaderLength + payload.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, payload.Length << 8 | (byte)type);
        frame[4] = (byte)flags;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), streamId);
        payload.CopyTo(frame.AsMemory(FrameHeaderLength));
        await _network.WriteAsync(frame);
    }

    private async Task ReadFramesAsync()
    {
        string reason;
        try
        {
            var header = new byte[FrameHeaderLength];
            while (true)
            {
                await _network.ReadExactlyAsync(header);
                var payload = new byte[BinaryPrimitives.ReadInt32BigEndian(header) >>> 8];
                await _network.ReadExactlyAsync(payload);
                var streamId = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(5)) & int.MaxValue;
                await AcceptAsync((FrameType)header[3], (FrameFlags)header[4], streamId, payload);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            reason = $"The connection closed{(GoAway is { } code ? $" with GOAWAY {code}" : "")}: {e.Message}";
        }

        foreach (var stream in _streams.Values)
            stream.ConnectionClosed(reason, GoAway);
    }

    private async Task AcceptAsync(FrameType type, FrameFlags flags, int streamId, byte[] payload)
    {
        var stream = streamId == 0 ? null : _streams[streamId];
        switch (type)
        {
            case FrameType.Data:
                stream!.AcceptData(payload, flags.HasFlag(FrameFlags.EndStream));
                break;
            case FrameType.Headers or FrameType.Continuation:
                AcceptHeaderBlock(stream!, flags, type, payload);
                break;
            case FrameType.Reset:
                stream!.AcceptReset(BinaryPrimitives.ReadUInt32BigEndian(payload));
                break;
            case FrameType.GoAway:
                GoAway = BinaryPrimitives.ReadUInt32BigEndian(payload.AsSpan(4));
                break;
            case FrameType.Settings when !flags.HasFlag(FrameFlags.Acknowledged):
                await SendFrameAsync(FrameType.Settings, FrameFlags.Acknowledged, 0, default);
                _settingsArrived.TrySetResult();
                break;
            case FrameType.Ping when !flags.HasFlag(FrameFlags.Acknowledged):
                await SendFrameAsync(FrameType.Ping, FrameFlags.Acknowledged, 0, payload);
                break;
        }
    }

    /// <summary>END_STREAM stands on HEADERS, END_HEADERS on the last CONTINUATION; one waits for the other.</summary>
    private void AcceptHeaderBlock(Http2Stream stream, FrameFlags flags, FrameType type, byte[] payload)
    {
        if (type == FrameType.Headers)
        {
            _headerBlock.SetLength(0);
            stream.EndsWithHeaders = flags.HasFlag(FrameFlags.EndStream);
        }

        _headerBlock.Write(payload);
        if (flags.HasFlag(FrameFlags.EndHeaders))
            stream.AcceptHeaders(_decoder.Decode(_headerBlock.ToArray()));
    }

    private static byte[] InitialWindowSetting() => [0, 4, .. BigEndian(WidestWindow)];

    private static byte[] BigEndian(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }
}

internal enum FrameType : byte
{
    Data = 0,
    Headers = 1,
    Reset = 3,
    Settings = 4,
    Ping = 6,
    GoAway = 7,
    WindowUpdate = 8,
    Continuation = 9,
}

/// <summary>The flags this client uses; what bit 0 means depends on the frame.</summary>
[Flags]
internal enum FrameFlags : byte
{
    EndStream = 1,
    Acknowledged = 1,
    EndHeaders = 4,
}
