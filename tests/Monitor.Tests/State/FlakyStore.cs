using System.Reflection;
using Platform.Hosting.Documents;

namespace Platform.Monitor.Tests.State;

/// <summary>A document store whose commits fail or wait when told to; everything else is the real one's.</summary>
internal class FlakyStore : DispatchProxy
{
    private IDocumentStore _inner = null!;

    public bool Fails { get; set; }

    public int Commits { get; private set; }

    /// <summary>Commits wait for this where it is set.</summary>
    public TaskCompletionSource? Block { get; set; }

    /// <summary>Completes at the first commit.</summary>
    public TaskCompletionSource Committing { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static (IDocumentStore Store, FlakyStore Control) Over(IDocumentStore inner)
    {
        var store = Create<IDocumentStore, FlakyStore>();
        var control = (FlakyStore)(object)store;
        control._inner = inner;
        return (store, control);
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name == nameof(IDocumentStore.CommitAsync)
        ? new ValueTask<DocumentConflict?>(CommitAsync((DocumentBatch)args![0]!))
        : targetMethod.Invoke(_inner, args);

    private async Task<DocumentConflict?> CommitAsync(DocumentBatch batch)
    {
        if (Fails)
            throw new IOException("The disk is full.");

        Committing.TrySetResult();
        if (Block is { } block)
            await block.Task;
        Commits++;
        return await _inner.CommitAsync(batch, CancellationToken.None);
    }
}
