using MassTransit;

namespace WebWaka.CellKit;

/// <summary>The failpoint behind the acknowledgement of a message, which MassTransit makes once its consumer is done.</summary>
internal sealed class AckFailpoint : IReceiveObserver
{
    public Task PostReceive(ReceiveContext context)
    {
        Failpoints.Pass(Failpoint.AfterAck);
        return Task.CompletedTask;
    }

    public Task PreReceive(ReceiveContext context) => Task.CompletedTask;

    public Task PostConsume<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType) where T : class => Task.CompletedTask;

    public Task ConsumeFault<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType, Exception exception) where T : class =>
        Task.CompletedTask;

    public Task ReceiveFault(ReceiveContext context, Exception exception) => Task.CompletedTask;
}
