namespace Platform.Registry.Tests.MLflow;

public sealed class RecordedSessionTests
{
    [Fact]
    public async Task What_MLflows_client_sent_is_answered_as_it_was()
    {
        await using var registry = await RegistryHost.StartAsync(("Registry:MLflow:Webhooks:Timeout", "00:00:00.500"));
        var session = new RecordedSession(registry.Http);
        Assert.True(RecordedSession.Exchanges.Count > 200, $"only {RecordedSession.Exchanges.Count} requests are recorded");

        foreach (var (number, exchange) in RecordedSession.Exchanges.Index())
        {
            var difference = await session.RepeatAsync(exchange);
            Assert.True(difference is null, $"request {number} ({exchange["section"]}) {exchange["method"]} {exchange["path"]}: {difference}");
        }
    }
}
