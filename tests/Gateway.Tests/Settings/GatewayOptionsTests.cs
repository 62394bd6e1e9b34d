using Microsoft.Extensions.Options;

namespace Platform.Gateway.Tests.Settings;

public sealed class GatewayOptionsTests
{
    [Theory]
    [InlineData("Gateway:Registry", "")]
    [InlineData("Gateway:Registry", " , ")]
    [InlineData("Gateway:Inference", "http://127.0.0.1:8082,nowhere")]
    [InlineData("Gateway:Monitor", "ftp://127.0.0.1")]
    [InlineData("Gateway:MaxBodyBytes", "0")]
    [InlineData("Gateway:RateLimit:RequestsPerSecond", "-1")]
    [InlineData("Gateway:ProbeInterval", "00:00:00")]
    [InlineData("Gateway:KnownProxies", "10.0.0.0/8,ingress")]
    [InlineData("Gateway:KnownProxies", "10.0.0.0/40")]
    public async Task What_cannot_be_meant_is_refused_at_the_start(string name, string value) =>
        await Assert.ThrowsAsync<OptionsValidationException>(() => Edge.StartGatewayAsync(new KeyValuePair<string, string?>(name, value)));
}
