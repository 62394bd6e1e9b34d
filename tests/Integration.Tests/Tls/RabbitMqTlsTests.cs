using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Platform.Contracts.Registry;
using Platform.Hosting.Defaults;
using Platform.Hosting.Messaging;
using Platform.Integration.Tests.Messaging;
using Platform.TestKit;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Platform.Integration.Tests.Tls;

public sealed class RabbitMqTlsTests(SecureRabbitMq server) : IClassFixture<SecureRabbitMq>
{
    [Fact]
    public async Task A_broker_of_the_authority_is_believed_by_the_bus_and_beside_it()
    {
        var heard = new Heard("tls-listener");
        await using var host = await StartAsync(heard, [Authority(server.Authority.RootFile), .. ShownCertificate()]);
        await Eventually.TrueAsync(() => BusIsHealthy(host), "the bus is connected");

        await host.Bus().Publish(new ModelPromoted { Model = "credit", Version = "1", Alias = "champion" });
        await heard.AtLeastAsync(1);
        await using var channel = new ConfirmingChannel(Options(host).RabbitMq, Tls(host), "test");
        await channel.PublishAsync("tls-exchange", null, new BasicProperties(), "{}"u8.ToArray(), CancellationToken.None);

        Assert.Null(Tls(host).Refusal);
    }

    [Fact]
    public async Task A_broker_of_a_foreign_authority_is_refused_and_readiness_says_why()
    {
        await using var host = await StartAsync(new Heard("never"), [Authority(server.Foreign.RootFile), .. ShownCertificate()]);
        await RefusesAsync(host, $"RabbitMQ is refused: the certificate of '127.0.0.1' is none that '{server.Foreign.RootFile}' vouches for");
    }

    [Fact]
    public async Task So_is_one_that_nobody_vouches_for_where_no_authority_is_named()
    {
        await using var host = await StartAsync(new Heard("never"), ShownCertificate());
        await RefusesAsync(host, "RabbitMQ is refused: the certificate of '127.0.0.1' is not trusted by the system");
    }

    [Fact]
    public async Task A_broker_with_a_certificate_for_another_name_is_refused_and_readiness_says_so()
    {
        await using var host = await StartAsync(
            new Heard("never"), [new("Messaging:RabbitMq:Host", SecureServer.WrongName), Authority(server.Authority.RootFile), .. ShownCertificate()]);
        await RefusesAsync(host, "RabbitMQ is refused: the certificate that 'localhost' shows is for '127.0.0.1'.");
    }

    [Fact]
    public async Task A_broker_that_asks_for_a_certificate_refuses_who_has_none()
    {
        await using var host = await StartAsync(new Heard("never"), [Authority(server.Authority.RootFile)]);
        await using var channel = new ConfirmingChannel(Options(host).RabbitMq, Tls(host), "test");
        await Assert.ThrowsAsync<BrokerUnreachableException>(() =>
            channel.PublishAsync("tls-exchange", null, new BasicProperties(), "{}"u8.ToArray(), CancellationToken.None));
    }

    [Theory]
    [InlineData("Messaging:RabbitMq:Authority", "/nowhere/ca.pem", "Messaging:RabbitMq:Authority: '/nowhere/ca.pem' is missing.")]
    [InlineData("Messaging:RabbitMq:Tls", "false", "Messaging:RabbitMq names certificates, but Messaging:RabbitMq:Tls is not set: the connection would not be encrypted.")]
    public async Task Settings_that_cannot_be_meant_stop_the_start(string key, string value, string sentence)
    {
        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() =>
            StartAsync(new Heard("never"), [Authority(server.Authority.RootFile), new(key, value)]));
        Assert.Contains(sentence, refusal.Message);
    }

    private static KeyValuePair<string, string?> Authority(string file) => new("Messaging:RabbitMq:Authority", file);

    private IReadOnlyList<KeyValuePair<string, string?>> ShownCertificate()
    {
        var certificate = server.Authority.Issue(["a service"]);
        return [new("Messaging:RabbitMq:Certificate", certificate.CertificateFile), new("Messaging:RabbitMq:Key", certificate.KeyFile)];
    }

    private Task<TestHost> StartAsync(Heard heard, IReadOnlyList<KeyValuePair<string, string?>> settings) => TestHost.StartAsync(builder =>
        {
            builder.AddPlatformDefaults("test");
            builder.Services.AddSingleton(heard);
            builder.AddPlatformMessaging(new ServiceMessaging("test", bus => bus.AddConsumer<Listener, ListenerDefinition>()));
        },
        app => app.MapPlatformDefaults(),
        Told.LastOf(
        [
            new("Messaging:Transport", "rabbitmq"), new("Messaging:RabbitMq:Host", SecureServer.RightName),
            new("Messaging:RabbitMq:Port", $"{server.Port}"), new("Messaging:RabbitMq:Tls", "true"), .. settings,
        ]));

    private static Task RefusesAsync(TestHost host, string sentence) => Eventually.TrueAsync(async () =>
    {
        var told = await host.Http.ReadinessAsync();
        return told.Contains(sentence) && !BusIsHealthy(host);
    }, $"readiness says: {sentence}");

    private static bool BusIsHealthy(TestHost host) => host.App.Services.GetRequiredService<IBusControl>().CheckHealth().Status == BusHealthStatus.Healthy;

    private static RabbitMqTls Tls(TestHost host) => host.App.Services.GetRequiredService<RabbitMqTls>();

    private static MessagingOptions Options(TestHost host) => host.App.Services.GetRequiredService<IOptions<MessagingOptions>>().Value;
}
