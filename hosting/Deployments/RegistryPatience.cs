using Microsoft.Extensions.Options;

namespace Platform.Hosting.Deployments;

/// <summary>Turns a registry that does not begin to answer in time into one that cannot be reached, which callers know what to do about.</summary>
internal sealed class RegistryPatience(IOptions<RegistryOptions> options, TimeProvider time) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var patience = options.Value.Patience;
        using var deadline = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await base.SendAsync(request, either.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new HttpRequestException($"The registry did not answer within {patience.TotalSeconds:0.###} s.");
        }
    }
}
