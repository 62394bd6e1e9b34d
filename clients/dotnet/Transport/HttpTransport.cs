using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Platform.Client.Transport;

/// <summary>Sends requests, each with a time limit, and again where a repetition does no harm.</summary>
internal sealed class HttpTransport(HttpClient http, PlatformClientOptions options)
{
    private static readonly ProductInfoHeaderValue Agent = new("Platform.Client", "0.1");

    /// <summary>The answer to a request, if it is a 2xx.</summary>
    /// <exception cref="PlatformException">It was refused, or there was no answer.</exception>
    public async Task<HttpResponseMessage> SendAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        using var activity = PlatformClientTelemetry.Start(request.Operation, request.Model);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await SendOnceAsync(request, cancellationToken);
            }
            catch (Failure failure) when (request.MayRepeat && failure.IsPassing && attempt < options.Attempts)
            {
                activity?.AddEvent(new("retry"));
                await Task.Delay(Backoff.After(attempt, failure.RetryAfter), cancellationToken);
            }
            catch (Failure failure)
            {
                activity.Fail(failure.Error);
                throw failure.Error;
            }
        }
    }

    /// <summary>The answer to a request, read as JSON.</summary>
    public async Task<T> ReadAsync<T>(ApiRequest request, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(request, cancellationToken);
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        try
        {
            return JsonSerializer.Deserialize(body, type) ?? throw new JsonException("It is null.");
        }
        catch (JsonException exception)
        {
            throw new PlatformException($"{request.Path} did not answer what was expected: {exception.Message}", response.StatusCode, cause: exception);
        }
    }

    /// <summary>Opens an answer that has no end.</summary>
    public async Task<HttpResponseMessage> OpenAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        using var message = Message(request);
        try
        {
            var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (response.IsSuccessStatusCode) return response;
            using (response) throw Refusals.Read(response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
        }
        catch (HttpRequestException exception)
        {
            throw Unreached(exception);
        }
    }

    private async Task<HttpResponseMessage> SendOnceAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        using var message = Message(request);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Timeout);
        try
        {
            var response = await http.SendAsync(message, HttpCompletionOption.ResponseContentRead, limit.Token);
            if (response.IsSuccessStatusCode) return response;
            using (response) throw new Failure(Refusals.Read(response.StatusCode, await response.Content.ReadAsStringAsync(limit.Token)), response.Headers.RetryAfter?.Delta);
        }
        catch (HttpRequestException exception)
        {
            throw new Failure(Unreached(exception), null);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new Failure(new PlatformException($"{options.Address} did not answer within {options.Timeout.TotalSeconds:0.#} s.", cause: exception), null);
        }
    }

    private HttpRequestMessage Message(ApiRequest request)
    {
        var message = new HttpRequestMessage(request.Method, new Uri(options.Address, request.Path)) { Content = request.Content?.Invoke() };
        message.Headers.UserAgent.Add(Agent);
        message.Headers.Accept.ParseAdd(request.Accept);
        if (options.Key is { } key) message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        foreach (var (name, value) in request.Headers) message.Headers.TryAddWithoutValidation(name, value);
        return message;
    }

    private PlatformException Unreached(HttpRequestException exception) => new($"{options.Address} was not reached: {exception.Message}", cause: exception);

    /// <summary>One attempt that failed.</summary>
    private sealed class Failure(PlatformException error, TimeSpan? retryAfter) : Exception(error.Message, error)
    {
        public PlatformException Error => error;

        public TimeSpan? RetryAfter => retryAfter;

        public bool IsPassing => error.Status is not { } status || Backoff.IsPassing(status);
    }
}
