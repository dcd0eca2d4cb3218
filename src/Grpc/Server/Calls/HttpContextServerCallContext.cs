using System.IO.Pipelines;
using Grpc.Core;
using Grpc.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Grpc.AspNetCore.Server.Internal;

/// <summary>
/// One call on the server: its deadline, its encodings, and its end. Never reused, because handlers may keep it.
/// </summary>
internal sealed partial class HttpContextServerCallContext(HttpContext http, MethodSettings settings)
    : ServerCallContext
{
    private const int InternalErrorReset = 0x2;
    private const int CancelReset = 0x8;
    private static readonly TimeSpan DeadlineGrace = TimeSpan.FromSeconds(1);

    private ServerCallDeadline? _deadline;
    private Status _status;
    private Metadata? _responseTrailers;
    private Task _pendingFlush = Task.CompletedTask;
    private bool _claimed;
    private bool _wroteMessage;
    private bool _broken;
    private bool _clientGone;

    public HttpContext HttpContext => http;

    public MethodSettings Settings => settings;

    public FrameDecoding RequestDecoding { get; private set; }

    /// <summary>Reads the call's headers and starts its deadline.</summary>
    /// <exception cref="RpcException">A header asks for what cannot be done.</exception>
    public void Start()
    {
        RequestGate.LiftBodyLimits(http);
        var request = http.Request.Headers;
        http.Response.ContentType = GrpcProtocol.ContentType;
        StartDeadline(request.GrpcTimeout);
        RequestDecoding = new FrameDecoding(settings.MaxReceiveMessageSize, FindRequestEncoding(request.GrpcEncoding));
        ChooseResponseEncoding(settings.CompressedEncoding);
    }

    /// <summary>Notes that an exception ended the handler.</summary>
    public void Fail(Exception exception)
    {
        if (exception is BrokenFrameException)
            _broken = true;
        // The status has been sent already, and that the handler stopped is what was wanted.
        if (!ClaimEnd() && exception is OperationCanceledException or RpcException)
            return;
        var gone = _clientGone || http.RequestAborted.IsCancellationRequested;
        _status = CallFailure.ToStatus(exception, gone, settings);
        if (exception is RpcException { Trailers.Count: > 0 } rpc && !ReferenceEquals(rpc.Trailers, _responseTrailers))
        {
            foreach (var entry in rpc.Trailers)
                ResponseTrailers.Add(entry);
        }
    }

    /// <summary>Claims the end of the call for the handler; false when the deadline has ended it.</summary>
    public bool ClaimEnd()
    {
        if (!_claimed)
            _claimed = _deadline is null || _deadline.TryFinish();
        return _claimed;
    }

    /// <summary>Ends the call: sends the status unless the deadline did, and lets go of everything.</summary>
    public Task EndAsync()
    {
        if (ClaimEnd())
            SendEnd(_status);
        _abortRegistration.Unregister();
        // The request's context is reused once this task is done, so a deadline still sending is waited for.
        return _deadline?.StopAsync() ?? Task.CompletedTask;
    }

    /// <summary>Ends the call because its deadline passed; called under the deadline's lock.</summary>
    public async Task EndAtDeadlineAsync()
    {
        CallFailure.Log.DeadlineExceeded(settings.Log, settings.Path);
        try
        {
            SendEnd(new Status(StatusCode.DeadlineExceeded, "Deadline Exceeded"));
            http.Request.BodyReader.CancelPendingRead();
            var sent = http.Response.CompleteAsync();
            var written = Task.WhenAll(sent, _pendingFlush);
            await written.WaitAsync(DeadlineGrace).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            // The client does not read what was written before, so the end behind it cannot get through.
            if (!written.IsCompleted)
                Reset(CancelReset);
            await sent.ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            CallFailure.Log.EndNotSent(settings.Log, settings.Path, exception);
        }
    }

    /// <summary>Serializes a response into the output, while nobody else has claimed the call's end.</summary>
    public void WriteMessage<T>(T message, Action<T, SerializationContext> serializer)
    {
        try
        {
            FrameWriter.Write(http.Response.BodyWriter, message, serializer, CurrentEncoding());
            _wroteMessage = true;
        }
        catch (BrokenFrameException)
        {
            _broken = true;
            throw;
        }
    }

    /// <summary>Runs what touches the response, unless the call has ended.</summary>
    /// <exception cref="RpcException">The call has ended.</exception>
    public ValueTask<FlushResult> WriteMessageAsync<T>(
        T message, Action<T, SerializationContext> serializer, bool flush, CancellationToken cancellationToken)
    {
        if (_deadline is not { } deadline)
            return WriteAndFlush(message, serializer, flush, cancellationToken);
        lock (deadline)
            return WriteAndFlush(message, serializer, flush, cancellationToken);
    }

    public OperationCanceledException ClientWentAway(Exception? cause)
    {
        _clientGone = true;
        return new OperationCanceledException("The client cancelled the call or went away.", cause);
    }

    private ValueTask<FlushResult> WriteAndFlush<T>(
        T message, Action<T, SerializationContext> serializer, bool flush, CancellationToken cancellationToken)
    {
        ThrowIfEnded();
        WriteMessage(message, serializer);
        if (!flush)
            return default;
        var flushed = http.Response.BodyWriter.FlushAsync(cancellationToken);
        if (flushed.IsCompleted || _deadline is null)
            return flushed;
        var pending = flushed.AsTask();
        _pendingFlush = pending;
        return new ValueTask<FlushResult>(pending);
    }

    private void ThrowIfEnded()
    {
        if (_deadline is { IsFinished: true } && !_claimed)
            throw new RpcException(new Status(StatusCode.DeadlineExceeded, "The deadline of the call has passed."));
        if (_claimed)
            throw new InvalidOperationException("The call has ended; nothing can be written any more.");
    }

    private void SendEnd(in Status status)
    {
        if (_broken)
        {
            Reset(InternalErrorReset);
            return;
        }
        var response = http.Response;
        if (!response.HasStarted && !_wroteMessage)
        {
            // Trailers-Only: headers that end the stream.
            ResponseTrailerWriter.Write(response.Headers, status, _responseTrailers);
            response.ContentType = GrpcProtocol.ContentType;
        }
        else if (http.Features.Get<IHttpResponseTrailersFeature>() is { } feature)
        {
            ResponseTrailerWriter.Write(feature.Trailers, status, _responseTrailers);
        }
    }

    private void Reset(int errorCode)
    {
        if (http.Features.Get<IHttpResetFeature>() is { } reset)
            reset.Reset(errorCode);
        else
            http.Abort();
    }
}
