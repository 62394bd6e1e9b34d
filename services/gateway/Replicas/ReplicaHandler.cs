using Platform.Gateway.Retries;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Model;

namespace Platform.Gateway.Replicas;

/// <summary>
/// Sends what the gateway itself asks, <c>http://registry/…</c>, to a replica of that service: to one that is ready if there is
/// one, and to the next where no connection comes about.
/// </summary>
internal sealed class ReplicaHandler(IProxyStateLookup proxy) : DelegatingHandler
{
    /// <summary>The address under which the gateway asks a service.</summary>
    public static Uri AddressOf(string service) => new($"http://{service}/");

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var (service, path) = (request.RequestUri!.Host, request.RequestUri.PathAndQuery);
        Exception? failure = null;
        foreach (var replica in ReadyFirst(service))
        {
            try
            {
                request.RequestUri = new Uri(new Uri(replica.Model.Config.Address), path);
                request.Headers.Host = replica.Model.Config.Host; // the name that its certificate is for, where its address is one behind that
                return await base.SendAsync(request, cancellationToken);
            }
            catch (Exception exception) when (exception is HttpRequestException || ForwardingFailures.IsConnectTimeout(exception))
            {
                failure = exception;
            }
        }
        throw new HttpRequestException($"no replica of {service} can be reached", failure);
    }

    private IEnumerable<DestinationState> ReadyFirst(string service) => proxy.TryGetCluster(service, out var cluster)
        ? cluster.Destinations.Values.OrderByDescending(replica => replica.Health.Active == DestinationHealth.Healthy)
        : [];
}
