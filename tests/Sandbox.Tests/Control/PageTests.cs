using Ecert.Sandbox.Tests.Support;

namespace Ecert.Sandbox.Tests.Control;

public sealed class PageTests
{
    [Fact]
    public async Task The_page_is_served_in_both_languages()
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        var page = await sandbox.Http.GetStringAsync("/");

        Assert.Contains("扮演用户", page, StringComparison.Ordinal);
        Assert.Contains("be the user", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_left_out_of_the_options_is_not_served()
    {
        await using var sandbox = await RunningSandbox.StartAsync(
            options => options with
            {
                WeChatPay = null, Alipay = null, RealName = null, Billers = [], ProvincialCores = [],
            });

        foreach (var path in (string[])["/wechatpay/v3/certificates", "/alipay/gateway.do", "/control/alipay/trades"])
        {
            using var answer = await sandbox.Http.GetAsync(path);
            Assert.Equal(System.Net.HttpStatusCode.NotFound, answer.StatusCode);
        }
    }
}
