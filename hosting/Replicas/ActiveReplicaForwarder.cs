using System.Diagnostics;
using System.Net;
using Platform.Hosting.Errors;
using Platform.Hosting.Http;
using Platform.Hosting.Tls;
using Yarp.ReverseProxy.Forwarder;

namespace Platform.Hosting.Replicas;

/// <summary>Answers a request here if this replica is the active one, and passes it on to that one if it is not.</summary>
internal sealed class ActiveReplicaForwarder : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private static readonly Error NobodyActive = new(StatusCodes.Status503ServiceUnavailable, "replica.none_active",
        "The replica that answers this is being replaced. Try again in a moment.");

    private readonly IHttpForwarder _forwarder;
    private readonly IServiceProvider _provider;
    private readonly TimeProvider _time;
    private readonly HttpMessageInvoker _client;

    public ActiveReplicaForwarder(IHttpForwarder forwarder, IServiceProvider provider, TimeProvider time)
    {
        (_forwarder, _provider, _time) = (forwarder, provider, time);
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = DistributedContextPropagator.Current,
            ConnectTimeout = TimeSpan.FromSeconds(2),
        };
        handler.BelievePlatform(provider);
        _client = new HttpMessageInvoker(handler);
    }

    public async Task HandleAsync(HttpContext context, string service, RequestDelegate next)
    {
        var replica = _provider.GetRequiredKeyedService<ActiveReplica>(service);
        var started = _time.GetTimestamp();
        while (!replica.IsActive)
        {
            if (await TryPassOnAsync(context, replica)) return;
            if (_time.GetElapsedTime(started) > Patience)
            {
                await ErrorSurfaces.WriteAsync(context, NobodyActive);
                return;
            }
            await replica.Activation.WaitAsync(Pause, _time, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        await next(context);
    }

    public void Dispose() => _client.Dispose();

    /// <summary>False when the request has not got anywhere: nobody is known to be active, or who was does not listen any more.</summary>
    private async Task<bool> TryPassOnAsync(HttpContext context, ActiveReplica replica)
    {
        context.RequestAborted.ThrowIfCancellationRequested();
        if (context.Request.Headers.ContainsKey(ActiveReplicaDefaults.PassedOn) || await replica.FindAddressAsync(context.RequestAborted) is not { } address) return false;
        context.Response.Headers.Remove(RequestIds.Header); // the other replica says it
        await _forwarder.SendAsync(context, address, _client, ForwarderRequestConfig.Empty, static (context, request) =>
        {
            request.Headers.Add(ActiveReplicaDefaults.PassedOn, "1");
            request.Headers.Remove(RequestIds.Header);
            request.Headers.Add(RequestIds.Header, context.GetRequestId());
            return ValueTask.CompletedTask;
        });
        if (!IsUnreached(context.GetForwarderErrorFeature()?.Exception)) return true;
        context.Response.Clear();
        context.Response.Headers[RequestIds.Header] = context.GetRequestId();
        return false;
    }

    /// <summary>Whether no connection came about: refused by either side, or not answered within the time to connect.</summary>
    private static bool IsUnreached(Exception? exception) => exception
        is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError }
        or OperationCanceledException { InnerException: TimeoutException };
}
