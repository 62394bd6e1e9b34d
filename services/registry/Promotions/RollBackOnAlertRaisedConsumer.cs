using MassTransit;
using Platform.Contracts.Monitor;
using Platform.Registry.Models;

namespace Platform.Registry.Promotions;

internal sealed class RollBackOnAlertRaisedConsumer(RollBackByAlert rollBack, ILogger<RollBackOnAlertRaisedConsumer> logger) : IConsumer<AlertRaised>
{
    public async Task Consume(ConsumeContext<AlertRaised> context)
    {
        var alert = context.Message;
        if (alert.Action != RollBackByAlert.Action) return;
        var handled = await rollBack.HandleAsync(alert, context.CancellationToken);
        if (handled.Succeeded(out var aliases, out var error)) logger.Handled(alert.AlertId, alert.Model, alert.Version, string.Join(", ", aliases));
        else if (error.Code != ModelErrors.NotFound(alert.Model).Code) throw new InvalidOperationException(error.Detail); // and is tried again
    }
}
