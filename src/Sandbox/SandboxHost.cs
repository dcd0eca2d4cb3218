using Ecert.Kernel;
using Ecert.Sandbox.Alipay;
using Ecert.Sandbox.Billers;
using Ecert.Sandbox.Callbacks;
using Ecert.Sandbox.Control;
using Ecert.Sandbox.Faults;
using Ecert.Sandbox.ProvincialCore;
using Ecert.Sandbox.RealName;
using Ecert.Sandbox.WeChatPay;
using Ecert.Sandbox.Wire;

namespace Ecert.Sandbox;

/// <summary>Makes the server in which the counterparts stand in. The caller starts and stops it.</summary>
public static class SandboxHost
{
    /// <summary>Builds the server; it listens once started.</summary>
    /// <param name="options">Which counterparts, keys and parties.</param>
    /// <param name="clock">The clock of every counterpart; it may be virtual and jump.</param>
    /// <param name="random">Where numbers and nonces come from.</param>
    /// <param name="logging">Adds log providers; none unless given.</param>
    public static WebApplication Create(
        SandboxOptions options, TimeProvider clock, RandomSource random, Action<ILoggingBuilder>? logging = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(SandboxHost).Assembly.GetName().Name,
        });
        builder.WebHost.UseKestrelCore().UseUrls([.. options.Urls]).ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = RawRequest.LargestBody;
        });
        logging?.Invoke(builder.Logging);
        AddServices(builder.Services, options, clock, random);
        var app = builder.Build();
        app.Use(next => context => OwnPagesOnly.InvokeAsync(context, next));
        app.Use(next => context => app.Services.GetRequiredService<FaultyLine>().InvokeAsync(context, next));
        Map(app, options);
        return app;
    }

    private static void AddServices(
        IServiceCollection services, SandboxOptions options, TimeProvider clock, RandomSource random)
    {
        services.AddRoutingCore();
        services.AddSingleton(clock).AddSingleton(random).AddSingleton<FaultList>().AddSingleton<FaultControl>()
            .AddSingleton<PlantedDifferences>().AddSingleton<BillControl>();
        services.AddSingleton(provider => new CallbackSender(
            clock, provider.GetRequiredService<FaultList>(), options.CallbackRootCertificatePem));
        services.AddHostedService(provider => provider.GetRequiredService<CallbackSender>());
        services.AddSingleton(provider => new FaultyLine(
            provider.GetRequiredService<FaultList>(), Voices(provider, options), clock));
        if (options.WeChatPay is { } weChatPay)
            AddWeChatPay(services, weChatPay);
        if (options.Alipay is { } alipay)
            AddAlipay(services, alipay);
        if (options.RealName is { } realName)
            services.AddSingleton(realName)
                .AddSingleton<RealNameBooks>().AddSingleton<RealNameDoor>().AddSingleton<CitizenControl>();
        services.AddSingleton(new AgencyDoor(
            [.. options.Billers.Select(biller => new BillerBooks(biller, clock, random))], clock));
        services.AddSingleton<BillerControl>();
        services.AddSingleton(new CoreDoor(options.ProvincialCores, clock, random));
    }

    private static void AddWeChatPay(IServiceCollection services, WeChatPayOptions options) => services
        .AddSingleton(options).AddSingleton(new PlatformKeys(options.PlatformKeys))
        .AddSingleton<PlatformSignature>().AddSingleton<WeChatPayBooks>().AddSingleton<PlatformCallbacks>()
        .AddSingleton<WeChatPayDoor>().AddSingleton<Prepay>().AddSingleton<OrderVerbs>().AddSingleton<RefundVerbs>()
        .AddSingleton<WeChatPay.BillEntries>().AddSingleton<BillVerbs>().AddSingleton<CertificateVerbs>()
            .AddSingleton<WeChatPayUser>();

    private static void AddAlipay(IServiceCollection services, AlipayOptions options) => services
        .AddSingleton(options).AddSingleton<AlipaySignature>().AddSingleton<AlipayBooks>()
            .AddSingleton<AgreementBooks>()
        .AddSingleton<TradeNotices>().AddSingleton<TradeMethods>().AddSingleton<RefundMethods>()
        .AddSingleton<AgreementMethods>().AddSingleton<Alipay.BillEntries>().AddSingleton<BillMethods>()
        .AddSingleton<CertificateMethods>()
        .AddSingleton<PaymentCodes>().AddSingleton<PayMethod>().AddSingleton<AlipayUser>()
        .AddSingleton(provider => new AlipayGateway(
            options, provider.GetRequiredService<AlipaySignature>(), AlipayRoutes.Methods(
                provider.GetRequiredService<TradeMethods>(), provider.GetRequiredService<PayMethod>(),
                provider.GetRequiredService<RefundMethods>(),
                provider.GetRequiredService<AgreementMethods>(), provider.GetRequiredService<BillMethods>(),
                provider.GetRequiredService<CertificateMethods>())));

    private static Dictionary<string, ErrorVoice> Voices(IServiceProvider services, SandboxOptions options)
    {
        var voices = new Dictionary<string, ErrorVoice>
        {
            ["billers"] = services.GetRequiredService<AgencyDoor>().SayFaultAsync,
            ["provinces"] = services.GetRequiredService<CoreDoor>().SayFaultAsync,
        };
        if (options.WeChatPay is not null)
            voices["wechatpay"] = services.GetRequiredService<WeChatPayDoor>().SayFaultAsync;
        if (options.Alipay is not null)
            voices["alipay"] = services.GetRequiredService<AlipayGateway>().SayFaultAsync;
        if (options.RealName is not null)
            voices["realname"] = services.GetRequiredService<RealNameDoor>().SayFaultAsync;
        return voices;
    }

    private static void Map(WebApplication app, SandboxOptions options)
    {
        var services = app.Services;
        services.GetRequiredService<AgencyDoor>().Map(app);
        services.GetRequiredService<CoreDoor>().Map(app);
        services.GetRequiredService<BillerControl>().Map(app);
        services.GetRequiredService<FaultControl>().Map(app);
        services.GetRequiredService<BillControl>().Map(app);
        UserPage.Map(app);
        if (options.WeChatPay is not null)
        {
            WeChatPayRoutes.Map(app);
            services.GetRequiredService<WeChatPayUser>().Map(app);
        }
        if (options.Alipay is not null)
        {
            AlipayRoutes.Map(app);
            services.GetRequiredService<AlipayUser>().Map(app);
        }
        if (options.RealName is not null)
        {
            services.GetRequiredService<RealNameDoor>().Map(app);
            services.GetRequiredService<CitizenControl>().Map(app);
        }
    }
}
