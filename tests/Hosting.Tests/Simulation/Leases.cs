namespace Platform.Hosting.Tests.Simulation;

/// <summary>
/// Who has a turn: one at a time as far as the server knows, while the one before may not have heard yet that it is over. How long one lasts its
/// seed says: it ends as if its owner had not renewed it.
/// </summary>
internal sealed class Leases(World world)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Unheard = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, Lease> _held = [];

    /// <summary>How often a turn was taken from one that had not given it back.</summary>
    public int Lost { get; private set; }

    /// <summary>Waits for the turn of a name.</summary>
    public async Task<Lease> TakeAsync(string name, CancellationToken cancellationToken)
    {
        while (_held.ContainsKey(name)) await world.PauseAsync(Pause, cancellationToken);
        var lease = _held[name] = new Lease();
        _ = EndAsync(name, lease);
        return lease;
    }

    public ValueTask GiveBackAsync(string name, Lease lease)
    {
        lease.IsOver = true;
        if (_held.GetValueOrDefault(name) == lease) _held.Remove(name);
        return ValueTask.CompletedTask;
    }

    private async Task EndAsync(string name, Lease lease)
    {
        await world.PauseAsync(Longest);
        if (lease.IsOver) return;
        Lost++;
        _held.Remove(name);
        await world.PauseAsync(Unheard);
        if (!lease.IsOver) lease.End();
    }

    /// <summary>One turn of one replica.</summary>
    internal sealed class Lease
    {
        private readonly CancellationTokenSource _lost = new();

        public CancellationToken Lost => _lost.Token;

        public bool IsOver { get; set; }

        public void End() => _lost.Cancel();
    }
}
