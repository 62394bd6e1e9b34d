using Platform.Onnx.Sessions;

namespace Platform.Onnx.Pipelines;

/// <summary>A session and how many use it.</summary>
/// <param name="key">What it is found by.</param>
/// <param name="session">The session, loaded by the first who asks for it while others wait.</param>
internal sealed class SharedSession(string key, Lazy<ModelSession> session)
{
    public string Key => key;

    public Lazy<ModelSession> Session => session;

    public int Users { get; set; }
}
