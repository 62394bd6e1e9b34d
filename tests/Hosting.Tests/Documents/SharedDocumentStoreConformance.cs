using Platform.Hosting.Documents;

namespace Platform.Hosting.Tests.Documents;

/// <summary>What every store must do that several processes use at a time; each store that is opened stands for a process.</summary>
public abstract partial class SharedDocumentStoreConformance : DocumentStoreConformance
{
    private readonly List<IDocumentStore> _processes = [];
    private IDocumentStore? _own;

    public override async Task DisposeAsync()
    {
        foreach (var process in _processes) await CloseAsync(process);
    }

    /// <summary>Opens a store over the test's own database.</summary>
    protected abstract IDocumentStore Open();

    protected override Task<IDocumentStore> OpenAsync() => Task.FromResult(_own = OpenProcess());

    protected override async Task CloseAsync()
    {
        _processes.Remove(_own!);
        await CloseAsync(_own!);
    }

    private protected IDocumentStore OpenProcess()
    {
        var process = Open();
        _processes.Add(process);
        return process;
    }

    [Fact]
    public async Task Many_replicas_may_open_a_new_database_at_once()
    {
        var processes = Enumerable.Range(0, 6).Select(_ => OpenProcess()).ToList();

        await Task.WhenAll(processes.Select(process => process.LastSequenceAsync(None).AsTask()));
    }

    private static async Task CloseAsync(IDocumentStore process) => await ((IAsyncDisposable)process).DisposeAsync();
}
