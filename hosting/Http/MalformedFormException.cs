namespace Platform.Hosting.Http;

/// <summary>The request's body is not well-formed multipart.</summary>
public sealed class MalformedFormException(Exception inner) : Exception(inner.Message, inner)
{
    /// <summary>Reads on. A body that ends too early, or is not multipart after all, is not to be taken for a fault of our own disk or store.</summary>
    public static async Task<T> WatchAsync<T>(Func<ValueTask<T>> read)
    {
        try
        {
            return await read();
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException and not BadHttpRequestException)
        {
            throw new MalformedFormException(exception);
        }
    }
}
