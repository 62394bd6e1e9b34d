using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Platform.TestModels;
using static Platform.Inference.Tests.Jobs.JobClient;

namespace Platform.Inference.Tests.Jobs;

public sealed class SubmissionTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_job_is_accepted_though_the_broker_has_not_confirmed_its_message()
    {
        await using var host = await InferenceHost.StartAsync(registry => registry.Deploy("a", "1", TinyModels.Linear()));
        var broker = new SlowBroker();
        host.Services.GetRequiredService<IBus>().ConnectSendObserver(broker);

        var first = await host.Http.AcceptedAsync("a", Row).WaitAsync(Patience);
        var second = await host.Http.AcceptedAsync("a", Row).WaitAsync(Patience);
        await broker.Entered.WaitAsync(Patience);

        Assert.Equal("queued", (string?)(await host.Http.JobAsync(first))["state"]);
        broker.Confirm();
        await host.Http.JobAsync(first, "succeeded");
        await host.Http.JobAsync(second, "succeeded");
    }

    /// <summary>Holds every message until the test lets it go.</summary>
    private sealed class SlowBroker : ISendObserver
    {
        private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _confirmed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Entered => _entered.Task;

        public void Confirm() => _confirmed.TrySetResult();

        public Task PreSend<T>(SendContext<T> context) where T : class
        {
            _entered.TrySetResult();
            return _confirmed.Task;
        }

        public Task PostSend<T>(SendContext<T> context) where T : class => Task.CompletedTask;

        public Task SendFault<T>(SendContext<T> context, Exception exception) where T : class => Task.CompletedTask;
    }
}
