using Microsoft.Extensions.Options;
using Platform.Monitor.Alerts;
using Platform.Monitor.State;

namespace Platform.Monitor.Windows;

/// <summary>Does what time alone asks for: closes windows that traffic has left behind, and ends silences.</summary>
internal sealed class WindowClock(
    LedgerKeeper keeper, PredictionRecorder recorder, AlertCare alerts, IOptions<WindowOptions> options, TimeProvider time,
    ILogger<WindowClock> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.Tick, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await keeper.ChangeAsync(Tick, stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                WindowsLog.TickFailed(logger, exception);
            }
        }
    }

    private void Tick(Ledger ledger)
    {
        recorder.CloseDue(ledger);
        alerts.EndSilences(ledger);
    }
}
