using Microsoft.Extensions.Options;
using Platform.Contracts.Inference;
using Platform.Hosting.PredictionLog.Kafka;
using Platform.Integration.Tests.PredictionLog;
using Platform.TestKit;

namespace Platform.Integration.Tests.Tls;

/// <summary>With the broker that has a log: librdkafka's mock cluster speaks no TLS.</summary>
public sealed class KafkaTlsTests(SecureKafka server) : IClassFixture<SecureKafka>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_broker_of_the_authority_is_believed_and_gets_what_is_logged()
    {
        await using var writer = await StartAsync(SecureServer.RightName, server.Authority.RootFile);
        writer.Append(new PredictionLogged { Id = "1", Subject = "credit", Time = DateTimeOffset.UtcNow, Data = new() { Version = "1" } });
        await Eventually.TrueAsync(() => writer.Totals is { Delivered: 1 }, "the record has arrived");
        Assert.Null(writer.Get<KafkaTrust>().Refusal);
    }

    [Fact]
    public async Task A_broker_of_a_foreign_authority_is_refused_and_it_is_told_why()
    {
        await using var writer = await StartAsync(SecureServer.RightName, server.Foreign.RootFile);
        await Eventually.TrueAsync(
            () => writer.Get<KafkaTrust>().Refusal is { } refusal && refusal.Contains("broker certificate could not be verified"), "it is told why");
    }

    [Fact]
    public async Task A_broker_with_a_certificate_for_another_name_is_refused_and_it_is_told_why()
    {
        await using var writer = await StartAsync(SecureServer.WrongName, server.Authority.RootFile);
        await Eventually.TrueAsync(() => writer.Get<KafkaTrust>().Refusal is { } refusal && refusal.Contains("localhost"), "it is told why");
        Assert.Equal(0, writer.Totals.Delivered);
    }

    [Theory]
    [InlineData("enable.ssl.certificate.verification", "false", "enable.ssl.certificate.verification=false would take any server for the broker")]
    [InlineData("ssl.endpoint.identification.algorithm", "none", "ssl.endpoint.identification.algorithm=none would take any server for the broker")]
    [InlineData("ssl.ca.location", "/nowhere/ca.pem", "ssl.ca.location: '/nowhere/ca.pem' is missing.")]
    [InlineData("ssl.key.location", "/nowhere/key.pem", "ssl.key.location: '/nowhere/key.pem' is missing.")]
    public async Task A_setting_that_would_not_verify_the_broker_stops_the_start(string name, string value, string sentence)
    {
        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() =>
            StartAsync(SecureServer.RightName, server.Authority.RootFile, Setting(name, value)));
        Assert.Contains(sentence, refusal.Message);
    }

    private Task<WritingProcess> StartAsync(string name, string root, params KeyValuePair<string, string?>[] settings) => WritingProcess.StartAsync(_folder.Path, Told.LastOf(
    [
        new("PredictionLog:Kafka:BootstrapServers", $"{name}:{server.Port}"), new("PredictionLog:Kafka:Topic", "secure"),
        new("PredictionLog:Kafka:BrokerVersion", "0.9.0.1"), Setting("security.protocol", "SSL"), Setting("ssl.ca.location", root), .. settings,
    ]));

    private static KeyValuePair<string, string?> Setting(string name, string value) => new($"PredictionLog:Kafka:Settings:{name}", value);
}
