using System.Text;
using Ecert.Adapters.Ports;
using Ecert.Gateway.Bills;
using Ecert.Gateway.Payments;
using Ecert.Gateway.Tests.Support;
using Ecert.Kernel.Identifiers;
using Microsoft.AspNetCore.Http;

namespace Ecert.Gateway.Tests.Payments;

public sealed class CallbacksTests
{
    [Fact]
    public async Task Genuine_success_is_stored_applied_and_acknowledged()
    {
        await using var gateway = await TestGateway.StartAsync();
        var bill = await gateway.PayingBillAsync();
        Script(gateway, new ChannelNotification.PaymentSucceeded(
            "EV-1", new PaymentId(bill.PaymentId), gateway.WeChat.Paid(BillSteps.Amount)));

        Assert.Equal((200, "success"), await PostAsync(gateway, "body"));

        Assert.Equal(["body"], gateway.WeChatCallback.Read);
        var stored = await gateway.RowAsync<CallbackRow>(row => row.EventId == "EV-1");
        Assert.Equal((ChannelName.WeChatPay, "payment", bill.PaymentId), (stored.Channel, stored.Kind, stored.Number));
        Assert.Equal(BillStage.WrittenOff, await gateway.StageAsync(bill));
    }

    [Fact]
    public async Task Repeat_is_acknowledged_and_counts_once()
    {
        await using var gateway = await TestGateway.StartAsync();
        var bill = await gateway.PayingBillAsync();
        Script(gateway, new ChannelNotification.PaymentSucceeded(
            "EV-1", new PaymentId(bill.PaymentId), gateway.WeChat.Paid(BillSteps.Amount)));

        for (var time = 0; time < 3; time++)
            Assert.Equal((200, "success"), await PostAsync(gateway, "body"));

        Assert.Equal(1, await gateway.CountAsync<CallbackRow>());
        Assert.Single(gateway.Power.WriteOffs);
        Assert.Equal(BillSteps.Amount, await gateway.PostedAsync(BillSteps.BillerAccount));
    }

    [Fact]
    public async Task One_that_is_not_genuine_is_turned_away_and_leaves_no_trace()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.PayingBillAsync();
        Script(gateway, new ChannelNotification.Rejected("SIGNATURE_INVALID"));

        Assert.Equal((500, "failure"), await PostAsync(gateway, "forged"));

        Assert.Equal(0, await gateway.CountAsync<CallbackRow>());
    }

    [Fact]
    public async Task Too_long_a_body_is_turned_away_unread()
    {
        await using var gateway = await TestGateway.StartAsync();

        Assert.Equal((500, "failure"), await PostAsync(gateway, new string('x', 64 * 1024 + 1)));
        Assert.Empty(gateway.WeChatCallback.Read);

        Assert.Equal((500, "failure"), await PostAsync(gateway, new string('x', 64 * 1024)));
        Assert.Single(gateway.WeChatCallback.Read);
    }

    [Fact]
    public async Task It_is_stored_before_it_takes_effect_and_not_acknowledged_when_that_fails()
    {
        await using var gateway = await TestGateway.StartAsync();
        var bill = await gateway.PayingBillAsync();
        Script(gateway, new ChannelNotification.PaymentSucceeded(
            "EV-1", new PaymentId(bill.PaymentId), gateway.WeChat.Paid(BillSteps.Amount)));
        var storedFirst = false;
        gateway.Power.OnWriteOff = async _ =>
        {
            storedFirst = await gateway.CountAsync<CallbackRow>() == 1;
            throw new HttpRequestException("reset");
        };

        Assert.Equal((500, "failure"), await PostAsync(gateway, "body"));

        Assert.True(storedFirst);
        gateway.Power.OnWriteOff = _ => Task.FromResult<WriteOffOutcome>(new WriteOffOutcome.WrittenOff("W1"));
        Assert.Equal((200, "success"), await PostAsync(gateway, "body"));
        Assert.Equal(BillStage.WrittenOff, await gateway.StageAsync(bill));
    }

    [Fact]
    public async Task Order_nobody_knows_is_not_acknowledged()
    {
        await using var gateway = await TestGateway.StartAsync();
        Script(gateway, new ChannelNotification.PaymentSucceeded("EV-1", new PaymentId("none"),
            gateway.WeChat.Paid(1)));

        Assert.Equal((500, "failure"), await PostAsync(gateway, "body"));
    }

    [Fact]
    public async Task Reader_that_breaks_is_an_answer_not_a_crash()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.WeChatCallback.OnRead = _ => throw new FormatException("unreadable");

        Assert.Equal((500, "failure"), await PostAsync(gateway, "body"));
    }

    [Fact]
    public async Task What_nothing_acts_on_is_stored_and_acknowledged()
    {
        await using var gateway = await TestGateway.StartAsync();
        Script(gateway, new ChannelNotification.Ignored("EV-9", "PAYSCORE.USER_PAID"));

        Assert.Equal((200, "success"), await PostAsync(gateway, "body"));

        Assert.Equal("PAYSCORE.USER_PAID", (await gateway.RowAsync<CallbackRow>(row => row.EventId == "EV-9")).Kind);
    }

    [Fact]
    public async Task End_of_a_refund_is_taken_in()
    {
        await using var gateway = await TestGateway.StartAsync();
        var payment = await gateway.PaidBillAsync();
        await gateway.Get<PaymentRefunds>().OpenAsync(
            payment, payment.Amount, "REFUND1", payment.BusinessId, "A test", CancellationToken.None);
        Script(gateway, new ChannelNotification.RefundEnded("EV-2", new RefundId("REFUND1"),
            gateway.WeChat.Refunded(BillSteps.Amount)));

        Assert.Equal((200, "success"), await PostAsync(gateway, "body"));

        Assert.Equal(RefundState.Succeeded, (await gateway.RowAsync<RefundRow>(row => row.Id == "REFUND1")).State);
    }

    private static void Script(TestGateway gateway, ChannelNotification notification) =>
        gateway.WeChatCallback.OnRead = _ => notification;

    private static async Task<(int Status, string Body)> PostAsync(TestGateway gateway, string body)
    {
        using var answer = new MemoryStream();
        var http = new DefaultHttpContext();
        http.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        http.Request.ContentType = "application/json";
        http.Response.Body = answer;
        await gateway.Get<Callbacks>().ServeAsync(http, gateway.WeChatCallback);
        return (http.Response.StatusCode, Encoding.UTF8.GetString(answer.ToArray()));
    }
}
