using System.Collections.Concurrent;
using Platform.Supervisor.Keeping;
using Platform.TestKit;

namespace Platform.Supervisor.Tests.Keeping;

public sealed class KeeperTests : IDisposable
{
    private readonly ConcurrentQueue<string> _said = [];
    private readonly CancellationTokenSource _stopping = new();

    public void Dispose() => _stopping.Dispose();

    [Fact]
    public async Task What_ends_is_started_again_and_both_are_said()
    {
        var unit = new Unit();
        var keeping = new Keeper(unit, _said.Enqueue, TimeProvider.System).RunAsync(_stopping.Token);
        unit.End("was killed by signal 9");
        await Eventually.TrueAsync(() => unit.Starts == 1 && _said.Count == 2, "the unit was started again");
        Assert.Equal(["unit was killed by signal 9; starting it again in 0.5 s", "unit runs again"], _said);
        await StopAsync(keeping);
    }

    [Fact]
    public async Task A_start_that_fails_is_tried_again_later()
    {
        var unit = new Unit { FailingStarts = 1 };
        var keeping = new Keeper(unit, _said.Enqueue, TimeProvider.System).RunAsync(_stopping.Token);
        unit.End("died");
        await Eventually.TrueAsync(() => _said.Contains("unit runs again"), "the unit runs");
        Assert.Contains("unit could not be started (no); starting it again in 1 s", _said);
        Assert.Equal(2, unit.Starts);
        await StopAsync(keeping);
    }

    private async Task StopAsync(Task keeping)
    {
        await _stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => keeping);
    }

    private sealed class Unit : IUnit
    {
        private readonly SemaphoreSlim _ends = new(0);
        private string _how = "";

        public string Name => "unit";

        public int Starts { get; private set; }

        public int FailingStarts { get; init; }

        public void End(string how)
        {
            _how = how;
            _ends.Release();
        }

        public Task StartAsync(CancellationToken cancellationToken) =>
            ++Starts <= FailingStarts ? throw new StartFailedException("no\n") : Task.CompletedTask;

        public async Task<string> EndAsync(CancellationToken cancellationToken)
        {
            await _ends.WaitAsync(cancellationToken);
            return _how;
        }

        public Task StopAsync() => Task.CompletedTask;
    }
}
