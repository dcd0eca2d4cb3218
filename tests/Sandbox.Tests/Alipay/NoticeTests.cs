using System.Net;
using System.Text;
using Ecert.Sandbox.Tests.Support;

namespace Ecert.Sandbox.Tests.Alipay;

public sealed class NoticeTests : IAsyncLifetime
{
    private static readonly int[] PublishedMinutes = [4, 10, 10, 60, 120, 360, 900];

    private RunningSandbox _sandbox = null!;
    private AlipayClient _client = null!;

    public async Task InitializeAsync()
    {
        _sandbox = await RunningSandbox.StartAsync();
        _client = new AlipayClient(_sandbox) { NotifyUrl = _sandbox.Receiver.Url };
        (_sandbox.Receiver.Status, _sandbox.Receiver.Answer) = (200, "success");
    }

    public async Task DisposeAsync() => await _sandbox.DisposeAsync();

    [Fact]
    public async Task A_payment_is_told_in_a_form_that_verifies_without_sign_and_sign_type()
    {
        await _client.PayAsync("TRADE0001");

        var told = await _sandbox.Receiver.NextAsync();

        var fields = Fields(told);
        Assert.StartsWith("application/x-www-form-urlencoded", told.ContentType, StringComparison.Ordinal);
        Assert.Equal(("TRADE0001", "TRADE_SUCCESS", "12.50"),
            (fields["out_trade_no"], fields["trade_status"], fields["total_amount"]));
        Assert.Equal("地铁乘车费 a/b \"c\"", fields["subject"]);
        Assert.All(fields.Values, value => Assert.NotEmpty(value));
        Assert.True(await VerifiesAsync(fields));
    }

    [Fact]
    public async Task Anything_but_success_is_repeated_by_the_published_schedule_under_one_id()
    {
        _sandbox.Receiver.Answer = "SUCCESS";
        await _client.PayAsync("TRADE0001");
        var id = Fields(await _sandbox.Receiver.NextAsync())["notify_id"];

        foreach (var minutes in PublishedMinutes)
        {
            await _sandbox.AtRestAsync();
            _sandbox.Clock.Advance(TimeSpan.FromMinutes(minutes));
            var again = Fields(await _sandbox.Receiver.NextAsync());
            Assert.Equal(id, again["notify_id"]);
            Assert.True(await VerifiesAsync(again));
        }
        await _sandbox.AtRestAsync();
        _sandbox.Clock.Advance(TimeSpan.FromDays(3));
        Assert.True(await _sandbox.Receiver.IsQuietAsync());
    }

    [Fact]
    public async Task A_partial_refund_repeats_TRADE_SUCCESS_with_the_refunded_sum()
    {
        await _client.PayAsync("TRADE0001");
        await _sandbox.Receiver.NextAsync();

        await _client.RefundAsync("TRADE0001", "R1", "4.00");

        var fields = Fields(await _sandbox.Receiver.NextAsync());
        Assert.Equal(("TRADE_SUCCESS", "4.00", "R1"),
            (fields["trade_status"], fields["refund_fee"], fields["out_biz_no"]));
        Assert.True(await VerifiesAsync(fields));
    }

    [Fact]
    public async Task A_trade_without_an_address_is_not_told()
    {
        _client.NotifyUrl = null;
        await _client.PayAsync("TRADE0001");

        Assert.True(await _sandbox.Receiver.IsQuietAsync());
    }

    [Fact]
    public async Task A_wrong_signature_can_be_ordered_once()
    {
        await _sandbox.ControlAsync("/control/faults",
            new { kind = "wrong_callback_signature", counterpart = "alipay" });
        _sandbox.Receiver.Answer = "failure";
        await _client.PayAsync("TRADE0001");
        var wrong = Fields(await _sandbox.Receiver.NextAsync());
        await _sandbox.AtRestAsync();
        _sandbox.Clock.Advance(TimeSpan.FromMinutes(4));
        var right = Fields(await _sandbox.Receiver.NextAsync());

        Assert.False(await VerifiesAsync(wrong));
        Assert.True(await VerifiesAsync(right));
    }

    private static Dictionary<string, string> Fields(Received told) => Encoding.ASCII.GetString(told.Body).Split('&')
        .Select(pair => pair.Split('=', 2))
        .ToDictionary(pair => pair[0], pair => WebUtility.UrlDecode(pair[1]));

    private static Task<bool> VerifiesAsync(Dictionary<string, string> fields)
    {
        var text = string.Join('&', fields.Where(field => field.Key is not ("sign" or "sign_type"))
            .OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => $"{field.Key}={field.Value}"));
        return OpenSsl.VerifiesSha256Async(
            RunningSandbox.Parties.Alipay.Platform.PublicKeyPem, Encoding.UTF8.GetBytes(text), fields["sign"]);
    }
}
