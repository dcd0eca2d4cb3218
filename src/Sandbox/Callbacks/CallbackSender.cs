using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Ecert.Sandbox.Faults;

namespace Ecert.Sandbox.Callbacks;

/// <summary>
/// Sends callbacks in the background: the first attempt at once, repeats by the schedule of each on the given clock.
/// The
/// clock may jump, so what is due is looked at several times a second rather than slept for.
/// </summary>
internal sealed class CallbackSender : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);
    private const int Remembered = 10_000;
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(5);

    private readonly TimeProvider _clock;
    private readonly FaultList _faults;
    private readonly HttpClient _client;
    private readonly Lock _lock = new();
    private readonly List<Delivery> _deliveries = [];
    private readonly PriorityQueue<Delivery, DateTimeOffset> _waiting = new();
    private TaskCompletionSource _news = NewSignal();

    public CallbackSender(TimeProvider clock, FaultList faults, string? rootCertificatePem)
    {
        _clock = clock;
        _faults = faults;
        _client = new HttpClient(Handler(rootCertificatePem)) { Timeout = AnswerWithin };
    }

    /// <summary>Takes a callback for delivery from <paramref name="dueAt"/> on; ordered faults strike here.</summary>
    public void Enqueue(Callback callback, DateTimeOffset dueAt)
    {
        var fault = _faults.StrikeCallback(callback.Counterpart, callback.About)?.Kind;
        var state = fault == FaultKind.WithholdCallback ? DeliveryState.Withheld : DeliveryState.Waiting;
        var copies = fault == FaultKind.DuplicateCallback ? 2 : 1;
        lock (_lock)
        {
            for (var copy = 0; copy < copies; copy++)
                Remember(new Delivery(callback, dueAt, state, fault == FaultKind.WrongCallbackSignature));
        }
        Tell();
    }

    /// <summary>Sends a callback again at once, whatever its state; false when there is none of that id.</summary>
    public bool Resend(string id)
    {
        lock (_lock)
        {
            var delivery = _deliveries.Find(known => known.Callback.Id == id && known.State != DeliveryState.Sending);
            if (delivery is null)
                return false;
            Await(delivery, _clock.GetUtcNow());
        }
        Tell();
        return true;
    }

    /// <summary>Reads every delivery under the lock.</summary>
    public IReadOnlyList<T> List<T>(Func<Delivery, T> read)
    {
        lock (_lock)
            return _deliveries.ConvertAll(delivery => read(delivery));
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var running = new List<Task>();
        while (!stoppingToken.IsCancellationRequested)
        {
            var news = Listen();
            running.RemoveAll(attempt => attempt.IsCompleted);
            running.AddRange(TakeDue().ConvertAll(delivery => AttemptAsync(delivery, stoppingToken)));
            await Task.WhenAny(news, Task.Delay(Look, _clock, stoppingToken));
        }
        await Task.WhenAll(running);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _client.Dispose();
        base.Dispose();
    }

    private List<Delivery> TakeDue()
    {
        var now = _clock.GetUtcNow();
        lock (_lock)
        {
            var due = new List<Delivery>();
            while (_waiting.TryPeek(out var delivery, out var dueAt) && dueAt <= now)
            {
                _waiting.Dequeue();
                // A callback that was asked for before its time is in the queue twice.
                if (delivery.State != DeliveryState.Waiting || delivery.DueAt != dueAt)
                    continue;
                delivery.State = DeliveryState.Sending;
                due.Add(delivery);
            }
            return due;
        }
    }

    private void Remember(Delivery delivery)
    {
        if (_deliveries.Count == Remembered)
            _deliveries.RemoveAt(0);
        _deliveries.Add(delivery);
        if (delivery.State == DeliveryState.Waiting)
            Await(delivery, delivery.DueAt);
    }

    private void Await(Delivery delivery, DateTimeOffset dueAt)
    {
        (delivery.State, delivery.DueAt) = (DeliveryState.Waiting, dueAt);
        _waiting.Enqueue(delivery, dueAt);
    }

    private async Task AttemptAsync(Delivery delivery, CancellationToken ct)
    {
        var (acknowledged, answer) = await SendAsync(delivery, ct);
        lock (_lock)
        {
            var pauses = delivery.Callback.Pauses;
            var repeats = delivery.Attempts.Count;
            delivery.Attempts.Add(new Attempt(_clock.GetUtcNow(), answer));
            delivery.NextIsSpoilt = false;
            if (!acknowledged && repeats < pauses.Count)
                Await(delivery, _clock.GetUtcNow() + pauses[repeats]);
            else
                delivery.State = acknowledged ? DeliveryState.Acknowledged : DeliveryState.GivenUp;
        }
        Tell();
    }

    private async Task<(bool Acknowledged, string Answer)> SendAsync(Delivery delivery, CancellationToken ct)
    {
        try
        {
            using var request = delivery.Callback.Make(delivery.NextIsSpoilt);
            using var response = await _client.SendAsync(request, ct);
            var body = await response.Content.ReadAsStringAsync(ct);
            return (delivery.Callback.Acknowledges(response.StatusCode, body), $"{(int)response.StatusCode}");
        }
        catch (HttpRequestException unreachable)
        {
            return (false, unreachable.HttpRequestError.ToString());
        }
        catch (OperationCanceledException)
        {
            return (false, "no answer in time");
        }
    }

    private Task Listen()
    {
        lock (_lock)
        {
            if (_news.Task.IsCompleted)
                _news = NewSignal();
            return _news.Task;
        }
    }

    private void Tell()
    {
        lock (_lock)
            _news.TrySetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static SocketsHttpHandler Handler(string? rootCertificatePem)
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false };
        if (rootCertificatePem is null)
            return handler;
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        policy.CustomTrustStore.Add(X509Certificate2.CreateFromPem(rootCertificatePem));
        handler.SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = policy };
        return handler;
    }
}
