import './boot'
import './styles.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { connect, followVisibility } from './connection'
import { Gate } from './Gate'
import { router } from './router'
import { queryClient } from './rpc'

// No top-level await: the pages import this chunk, so it must have run before they can arrive.
async function start(): Promise<void> {
  const place = document.getElementById('root')
  if (place === null) throw new Error('index.html has no #root')
  followVisibility()
  void connect()
  // The router listens to the address only once it is mounted; until then, this does.
  const unlisten = router.history.subscribe(() => void router.load())
  const stop = router.subscribe('onRendered', () => {
    unlisten()
    stop()
  })
  // The static shell stays until the code of the first page is there, so no fallback is painted.
  await router.load()
  createRoot(place).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <Gate>
          <RouterProvider router={router} />
        </Gate>
      </QueryClientProvider>
    </StrictMode>,
  )
}

void start()
