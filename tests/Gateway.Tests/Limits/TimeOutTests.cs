using System.Net;
using Platform.TestKit;

namespace Platform.Gateway.Tests.Limits;

public sealed class TimeOutTests : IAsyncLifetime
{
    private Replica _replica = null!;
    private TestHost _gateway = null!;

    public async Task InitializeAsync()
    {
        _replica = await Replica.StartAsync();
        _gateway = await Edge.StartGatewayAsync(Edge.Setting("Inference", _replica.Address), new("Gateway:AnswerTimeout", "00:00:01"));
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _replica.DisposeAsync();
    }

    [Fact]
    public async Task An_answer_that_does_not_come_in_time_is_given_up_in_the_form_of_its_surface_and_not_asked_for_again()
    {
        var answer = await _gateway.Http.PostAsync("/v2/wait", new StringContent("{}")).JsonAsync(HttpStatusCode.GatewayTimeout);
        Assert.NotEmpty((string?)answer["error"] ?? "");
        Assert.Equal(1, _replica.Requests);
    }

    [Fact]
    public async Task After_that_the_next_request_is_answered()
    {
        using (await _gateway.Http.GetAsync("/v2/wait"))
            await _gateway.Http.GetAsync("/v2/models").JsonAsync();
    }
}
