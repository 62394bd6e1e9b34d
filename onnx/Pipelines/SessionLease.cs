using Platform.Onnx.Sessions;

namespace Platform.Onnx.Pipelines;

/// <summary>One user's hold on a session that others may use as well.</summary>
internal sealed class SessionLease(SharedSession shared, Action giveBack) : ModelSession
{
    private readonly ModelSession _session = shared.Session.Value;
    private Action? _giveBack = giveBack;

    public override ModelSignature Signature => _session.Signature;

    public override string Provider => _session.Provider;

    public override IReadOnlyList<string> PassedOver => _session.PassedOver;

    public override ModelRunner CreateRunner() => _session.CreateRunner();

    public override void Dispose() => Interlocked.Exchange(ref _giveBack, null)?.Invoke();
}
