using Platform.TestKit;

namespace Platform.Gateway.Tests.Streaming;

public sealed class HalfClosedTests
{
    [Fact]
    public async Task A_client_that_closes_its_sending_side_gets_the_replicas_answer()
    {
        await using var replica = await Replica.StartAsync();
        await using var gateway = await Edge.StartGatewayAsync(Edge.Setting("Inference", replica.Address));
        using var client = await BareClient.SendAsync(
            gateway.Address, "POST /v2/wait HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
        await client.CloseSendingAsync();
        await Eventually.TrueAsync(() => replica.Requests == 1, "the replica was asked");
        replica.Open();

        Assert.StartsWith("HTTP/1.1 200 OK", await client.ReadAsync());
    }
}
