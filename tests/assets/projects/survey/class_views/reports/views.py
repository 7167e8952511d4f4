# ALL EXPECTED
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_list_or_404, get_object_or_404, render
from django.views.generic import CreateView, DeleteView, DetailView, ListView, TemplateView, UpdateView, View

from accounts.forms import TeamForm
from accounts.models import Team
from orders.models import Order


@login_required
def dashboard(request):
    mine = Order.objects.filter(user=request.user)  # EXPECT: model_access reports->orders; MAY: model_access reports->accounts
    name = request.user.username  # EXPECT: model_access reports->accounts target=accounts.User
    return render(request, "dashboard.html", {"mine": mine, "name": name})


def order(request, pk):
    order = get_object_or_404(Order, pk=pk)  # EXPECT: model_access reports->orders target=orders.Order verb=read
    return render(request, "order.html", {"email": order.user.email})  # EXPECT: model_access reports->accounts verb=read


def paid(request):
    order = get_object_or_404(Order.objects.filter(status="paid"), pk=1)  # EXPECT: model_access reports->orders verb=read
    others = get_list_or_404(Order, status="paid")  # EXPECT: model_access reports->orders verb=read
    others[0].save()  # EXPECT: model_access reports->orders verb=update
    order.delete()  # EXPECT: model_access reports->orders verb=delete
    return None


def users(request):
    User = get_user_model()  # MAY: get_model reports->accounts
    return render(request, "users.html", {"users": User.objects.all()})  # EXPECT: model_access reports->accounts target=accounts.User verb=read


class OrderList(ListView):
    model = Order  # EXPECT: model_access reports->orders target=orders.Order
    paginate_by = 10

    def get_queryset(self):
        return super().get_queryset().filter(status="paid")  # EXPECT: model_access reports->orders verb=read


class OrderDetail(DetailView):
    queryset = Order.objects.filter(status="paid")  # EXPECT: model_access reports->orders verb=read

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context["buyer"] = self.object.user  # EXPECT: model_access reports->accounts verb=read
        return context


class OrderUpdate(UpdateView):
    model = Order  # EXPECT: model_access reports->orders verb=update
    fields = ["status"]

    def form_valid(self, form):
        order = form.save(commit=False)  # MAY: model_access reports->orders
        order.total = 0  # MAY: model_access reports->orders
        order.save()  # EXPECT: model_access reports->orders target=orders.Order verb=update
        return super().form_valid(form)  # MAY: model_access reports->orders


class TeamDelete(DeleteView):
    model = Team  # EXPECT: model_access reports->accounts target=accounts.Team verb=delete


class TeamsOrderDelete(DeleteView):
    model = Team  # EXPECT: model_access reports->accounts target=accounts.Team verb=read

    def get_queryset(self):
        return Order.objects.filter(pk=3)  # EXPECT: model_access reports->orders target=orders.Order verb=read


class OrderDelete(DeleteView):
    def get_object(self, queryset=None):
        return Order.objects.get(pk=self.kwargs["pk"])  # EXPECT: model_access reports->orders verb=read

    def delete(self, request, *args, **kwargs):
        order = self.get_object()
        order.delete()  # EXPECT: model_access reports->orders verb=delete


class ForTeam:
    """A mixin, of which the view below is made."""

    def dispatch(self, request, *args, **kwargs):
        self.team = get_object_or_404(Team, pk=kwargs["team"])  # EXPECT: model_access reports->accounts target=accounts.Team verb=read
        return super().dispatch(request, *args, **kwargs)


class TeamPage(ForTeam, TemplateView):
    template_name = "team.html"

    def get(self, request, *args, **kwargs):
        self.team.save()  # EXPECT: model_access reports->accounts target=accounts.Team verb=update
        return super().get(request, *args, **kwargs)


class TeamCreate(CreateView):
    form_class = TeamForm  # MAY: model_access reports->accounts

    def form_valid(self, form):
        self.object = form.save()  # EXPECT: model_access reports->accounts target=accounts.Team
        return None


class TeamByHand(View):
    def post(self, request):
        form = TeamForm(request.POST)
        if form.is_valid():
            team = form.save()  # EXPECT: model_access reports->accounts target=accounts.Team
            team.delete()  # EXPECT: model_access reports->accounts target=accounts.Team verb=delete
        print(self.request.user.email)  # EXPECT: model_access reports->accounts target=accounts.User
        return None
