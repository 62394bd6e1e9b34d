namespace Platform.Registry.MLflow.Protocol;

internal static class Timestamps
{
    /// <summary>Now, in milliseconds since 1970, as MLflow counts time.</summary>
    public static long NowMs(this TimeProvider time) => time.GetUtcNow().ToUnixTimeMilliseconds();
}
