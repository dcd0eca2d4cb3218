using Ecert.Gateway.Edge;
using Ecert.Gateway.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Ecert.Gateway.Tests.Edge;

public sealed class DefaultDeadlineTests
{
    private const string Call = "/ecert.v1.BillService/PayBill";
    private const string Watch = "/ecert.v1.BillService/WatchBillPayment";

    [Theory]
    [InlineData(Call, "application/grpc", null, "15000m")]
    [InlineData(Call, "application/grpc+proto", null, "15000m")]
    [InlineData(Watch, "application/grpc", null, "1800000m")]
    [InlineData(Call, "application/grpc", "3S", "3S")]
    [InlineData(Watch, "application/grpc", "3S", "3S")]
    [InlineData("/callbacks/alipay", "application/json", null, null)]
    public async Task Deadline_is_given_where_a_call_brings_none(string path, string contentType, string? brought,
        string? seen)
    {
        await using var gateway = await TestGateway.StartAsync();
        await using var services = new ServiceCollection().BuildServiceProvider();
        var app = new ApplicationBuilder(services);
        app.UseDefaultDeadline(gateway.Options);
        app.Run(_ => Task.CompletedTask);
        var http = new DefaultHttpContext();
        http.Request.Path = path;
        http.Request.ContentType = contentType;
        if (brought is not null)
            http.Request.Headers["grpc-timeout"] = brought;

        await app.Build()(http);

        Assert.Equal(seen, http.Request.Headers["grpc-timeout"].SingleOrDefault());
    }
}
